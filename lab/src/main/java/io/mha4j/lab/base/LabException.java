package io.mha4j.lab.base;

import io.mha4j.base.MhaException;

/** The lab could not set up or do what a case asked: a download, a server, a host or a fault failed. */
public final class LabException extends MhaException {
    public LabException(String message) {
        super(message);
    }

    public LabException(String message, Throwable cause) {
        super(message, cause);
    }
}
