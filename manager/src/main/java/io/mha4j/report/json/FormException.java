package io.mha4j.report.json;

import io.mha4j.base.MhaException;

/** Text or a tree is not the form of the value that was asked for. */
public final class FormException extends MhaException {
    FormException(String message, Throwable cause) {
        super(message, cause);
    }
}
