package io.mha4j.lab.cases;

import io.mha4j.base.MhaException;

/** A step could not be done or what was expected is not so; the message says what was seen instead. */
public final class CaseFailed extends MhaException {
    public CaseFailed(String message) {
        super(message);
    }

    public CaseFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
