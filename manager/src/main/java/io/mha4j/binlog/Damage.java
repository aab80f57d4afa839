package io.mha4j.binlog;

/**
 * A place behind which a file of events cannot be believed.
 *
 * @param offset where the bad event begins; everything before it was read whole
 * @param why    what is wrong there and, where something helps, what does; one sentence without a full stop
 */
public record Damage(long offset, String why) {
    @Override
    public String toString() {
        return "offset " + offset + ": " + why;
    }
}
