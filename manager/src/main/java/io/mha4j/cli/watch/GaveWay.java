package io.mha4j.cli.watch;

import io.mha4j.base.MhaException;

/** This process is the guard no more, so it may not act. */
final class GaveWay extends MhaException {
    /** @param why one clause */
    GaveWay(String why) {
        super(why);
    }
}
