package io.mha4j.binlog;

/**
 * A place behind which a file of events cannot be believed.
 *
 * @param kind   what it says of what is behind it
 * @param offset where the bad event begins; everything before it was read whole
 * @param why    what is wrong there and, where something helps, what does; one sentence without a full stop
 */
public record Damage(Kind kind, long offset, String why) {
    /** What stands behind a place that cannot be read. */
    public enum Kind {
        /** Nothing: a crash of the host left zeros. */
        ZEROS,
        /** Events that only a running server can read. */
        ENCRYPTED,
        /** Perhaps events that were whole once. */
        WRONG
    }

    @Override
    public String toString() {
        return "offset " + offset + ": " + why;
    }
}
