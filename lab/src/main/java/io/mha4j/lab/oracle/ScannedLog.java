package io.mha4j.lab.oracle;

import io.mha4j.binlog.Event;
import io.mha4j.binlog.EventScanner;
import io.mha4j.binlog.EventSink;
import io.mha4j.binlog.TransactionReader;
import io.mha4j.lab.base.LabException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the manager reads in a log.
 *
 * @param transactions fed with all events
 */
public record ScannedLog(Path file, List<Event> events, TransactionReader transactions) {
    private static final int BUFFER_BYTES = 1 << 17;

    /** The whole file, which must be without damage. */
    static ScannedLog read(Path file) {
        List<Event> events = new ArrayList<>();
        TransactionReader transactions = new TransactionReader();
        feed(file, event -> {
            events.add(event);
            transactions.accept(event);
        });
        return new ScannedLog(file, events, transactions);
    }

    /**
     * Scans the file with checksums.
     *
     * @throws LabException if it is damaged or torn
     */
    public static void feed(Path file, EventSink sink) {
        EventScanner scanner = EventScanner.fromStart(sink);
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                scanner.accept(buffer, 0, n);
            }
        } catch (IOException e) {
            throw new LabException("cannot read " + file + ": " + e.getMessage(), e);
        }
        if (scanner.damage().isPresent() || scanner.torn() > 0) {
            throw new LabException(file + ": " + scanner.damage() + ", torn " + scanner.torn());
        }
    }
}
