package io.mha4j.lab.load;

import java.time.Instant;

/**
 * One attempt to insert one row; a repeated attempt takes a new sequence, so it is another write.
 *
 * @param client    number of the connection that wrote, from 1
 * @param sequence  number of the attempt within the client, from 1
 * @param startTick when the statement was sent, nanoseconds of the lab's ticks
 * @param endTick   when its outcome was known
 * @param at        wall time of {@code endTick}
 */
public record Write(int client, long sequence, long startTick, long endTick, Instant at, Outcome outcome) {
    /** What the client knows about a write. */
    public enum Outcome {
        /** The server said that it is committed. */
        ACKNOWLEDGED,
        /** Sent, and then no answer that settles it: it may or may not have happened. */
        UNKNOWN
    }

    /** What identifies the row. */
    public record RowKey(int client, long sequence) {}

    public RowKey key() {
        return new RowKey(client, sequence);
    }

    /** One line of a record's file. */
    public String line() {
        return String.join(
                " ",
                outcome.name(),
                Integer.toString(client),
                Long.toString(sequence),
                Long.toString(startTick),
                Long.toString(endTick),
                at.toString());
    }
}
