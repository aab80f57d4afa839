package io.mha4j.archive;

import io.mha4j.base.MhaException;

/** An archive could not be written, is not there, or is not what its description says. */
public final class ArchiveException extends MhaException {
    public ArchiveException(String message) {
        super(message);
    }

    public ArchiveException(String message, Throwable cause) {
        super(message, cause);
    }
}
