package io.mha4j.archive.place;

import io.mha4j.base.MhaException;

/** A log that is needed is not where it was looked for. */
public final class MissingLogException extends MhaException {
    MissingLogException(String message) {
        super(message);
    }
}
