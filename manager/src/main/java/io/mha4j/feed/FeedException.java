package io.mha4j.feed;

import io.mha4j.base.MhaException;

/** A feed could not be opened. */
public final class FeedException extends MhaException {
    FeedException(String message, Throwable cause) {
        super(message, cause);
    }
}
