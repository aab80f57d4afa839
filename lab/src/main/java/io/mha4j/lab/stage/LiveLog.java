package io.mha4j.lab.stage;

import io.mha4j.base.InterruptedWork;
import io.mha4j.lab.base.LabException;
import io.mha4j.lab.base.Waiter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Reads a log while it is written, line by line; remembers when each line was seen. */
public final class LiveLog implements AutoCloseable {
    /** The manager watches: MHA's words; operators grep for them too. */
    public static final String WATCHING = "waiting until MySQL doesn't respond";

    /** The manager, having decided, begins a failover. */
    public static final String DECIDED = "Phase 1: Configuration Check Phase..";

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private record Seen(long tick, String line) {}

    private final Path file;
    private final Consumer<String> listener;
    private final Waiter waiter;
    private final Thread reader;
    private final List<Seen> lines = new ArrayList<>();
    private volatile boolean wanted = true;
    private long offset;

    private LiveLog(Path file, Consumer<String> listener, Waiter waiter) {
        this.file = file;
        this.listener = listener;
        this.waiter = waiter;
        this.reader = new Thread(this::follow, "live-log");
        reader.setDaemon(true);
    }

    /** Hands each line of {@code file}, which need not exist yet, to {@code listener}. */
    public static LiveLog of(Path file, Consumer<String> listener, Waiter waiter) {
        LiveLog log = new LiveLog(file, listener, waiter);
        log.reader.start();
        return log;
    }

    private void follow() {
        while (wanted) {
            readOn();
            try {
                waiter.sleeper().sleep(BETWEEN_LOOKS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        readOn();
    }

    private void readOn() {
        if (!Files.exists(file)) {
            return;
        }
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            byte[] fresh = new byte[(int) Math.max(0, log.length() - offset)];
            log.seek(offset);
            log.readFully(fresh);
            int whole = fresh.length;
            while (whole > 0 && fresh[whole - 1] != '\n') {
                whole--;
            }
            offset += whole;
            new String(fresh, 0, whole, StandardCharsets.UTF_8).lines().forEach(this::add);
        } catch (IOException e) {
            throw new LabException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private void add(String line) {
        synchronized (lines) {
            lines.add(new Seen(waiter.ticks().nanos(), line));
        }
        listener.accept(line);
    }

    /** Everything read so far. */
    public List<String> lines() {
        synchronized (lines) {
            return lines.stream().map(Seen::line).toList();
        }
    }

    /** When the first line that passes the test was seen after {@code tick}. */
    public OptionalLong firstAfter(long tick, Predicate<String> test) {
        synchronized (lines) {
            return lines.stream()
                    .filter(seen -> seen.tick() - tick >= 0 && test.test(seen.line()))
                    .mapToLong(Seen::tick)
                    .findFirst();
        }
    }

    /** Reads what is left and ends. */
    @Override
    public void close() {
        wanted = false;
        try {
            reader.join();
        } catch (InterruptedException e) {
            throw InterruptedWork.during("reading " + file, e);
        }
    }
}
