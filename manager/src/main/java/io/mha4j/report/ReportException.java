package io.mha4j.report;

import io.mha4j.base.MhaException;

/** A file of the record could not be written, or holds what this program cannot read. */
public final class ReportException extends MhaException {
    public ReportException(String message) {
        super(message);
    }

    public ReportException(String message, Throwable cause) {
        super(message, cause);
    }
}
