package io.mha4j.report.notice;

import java.time.Instant;

/**
 * A mail of plain text.
 *
 * @param id names this letter among all of this host
 */
public record Letter(String subject, String body, Instant at, String id) {
    /** Line breaks and other control characters, which no header may hold, become blanks. */
    public Letter {
        subject = subject.replaceAll("\\p{Cntrl}", " ");
        id = id.replaceAll("[^0-9A-Za-z._-]", "_");
    }
}
