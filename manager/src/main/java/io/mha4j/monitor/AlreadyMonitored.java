package io.mha4j.monitor;

import io.mha4j.base.MhaException;
import io.mha4j.base.ServerId;

/** Another manager, ours or MHA's, watches this source. */
public final class AlreadyMonitored extends MhaException {
    AlreadyMonitored(ServerId source, String lock) {
        super("source " + source + " is already monitored: another session holds the lock " + lock
                + " there; stop the other manager first");
    }
}
