package io.mha4j.report;

/** Where the text of the event log goes. */
@FunctionalInterface
interface LogSink {
    /**
     * Writes whole lines, in one piece, now. Never throws and never waits for anything but the disk: a run goes on when
     * its log cannot be written.
     *
     * @param text ends with a line break
     */
    void append(String text);
}
