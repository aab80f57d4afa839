package io.mha4j.report.notice;

import io.mha4j.base.MhaException;

/** Somebody could not be told; the message says why, and never holds a secret. */
public final class NoticeException extends MhaException {
    NoticeException(String message) {
        super(message);
    }
}
