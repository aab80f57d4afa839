package io.mha4j.lab.load;

import io.mha4j.lab.load.Write.Outcome;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects writes from all connections, in memory and line by line in a file. Thread-safe. */
final class WriteLog implements AutoCloseable {
    private final List<Write> writes = new ArrayList<>();
    private final BufferedWriter file;
    private long refused;
    private long acknowledged;
    private Optional<Write> lastAcknowledged = Optional.empty();

    WriteLog(Path path) {
        try {
            file = Files.newBufferedWriter(path);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot record writes in " + path, e);
        }
    }

    synchronized void add(Write write) {
        writes.add(write);
        if (write.outcome() == Outcome.ACKNOWLEDGED) {
            acknowledged++;
            lastAcknowledged = Optional.of(write);
        }
        try {
            file.write(write.line());
            file.newLine();
            // Each line at once: the record must be whole when the client itself is killed.
            file.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot record a write", e);
        }
    }

    synchronized void refused() {
        refused++;
    }

    synchronized long acknowledged() {
        return acknowledged;
    }

    synchronized Optional<Write> lastAcknowledged() {
        return lastAcknowledged;
    }

    synchronized LoadRecord record() {
        return new LoadRecord(List.copyOf(writes), refused);
    }

    @Override
    public synchronized void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot end the record of writes", e);
        }
    }
}
