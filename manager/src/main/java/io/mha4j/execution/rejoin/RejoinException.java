package io.mha4j.execution.rejoin;

import io.mha4j.base.MhaException;
import io.mha4j.base.ServerId;

/** A former source could not be compared or attached. */
final class RejoinException extends MhaException {
    RejoinException(ServerId server, String sentence) {
        super(server + ": " + sentence);
    }
}
