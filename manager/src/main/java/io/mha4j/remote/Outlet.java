package io.mha4j.remote;

import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import java.io.IOException;

/** Hands bytes to a sink, counts them and stops at the deadline. Tells a failing sink from a failing source. */
public final class Outlet {
    private final FileRange range;
    private final ByteSink sink;
    private final Deadline deadline;
    private long passed;

    public Outlet(FileRange range, ByteSink sink, Deadline deadline) {
        this.range = range;
        this.sink = sink;
        this.deadline = deadline;
    }

    public long passed() {
        return passed;
    }

    public void pass(byte[] bytes, int length) {
        if (deadline.isOver()) {
            throw new CommandException("reading " + range.path() + " took longer than allowed, " + passed
                    + " bytes from offset " + range.offset() + " came; allow more time or look at disk and network");
        }
        try {
            sink.accept(bytes, 0, length);
        } catch (IOException e) {
            throw new CommandException(
                    "what was read from " + range.path() + " could not be stored: " + e.getMessage(), e);
        }
        passed += length;
    }
}
