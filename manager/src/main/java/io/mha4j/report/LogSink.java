package io.mha4j.report;

/** Where the text of the event log goes. */
@FunctionalInterface
interface LogSink {
    /**
     * Writes whole lines, in one piece. Never throws: a run goes on when its log cannot be written.
     *
     * @param text ends with a line break
     */
    void append(String text);

    /** Waits, for a limited time, until everything is written. Nothing to do where {@link #append} writes. */
    default void flush() {}
}
