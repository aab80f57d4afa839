package io.mha4j.archive;

import io.mha4j.base.Deadline;
import io.mha4j.base.Ticks;
import io.mha4j.binlog.BinlogPosition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Rescues from a folder with a source's binary logs into another, without waiting for real. */
final class Rescues {
    static final Instant TAKEN_AT = Instant.parse("2026-01-01T00:00:00Z");

    private final Path logs;
    private final Path workdir;
    private final List<RescueProgress> progress = new ArrayList<>();
    private final List<Duration> waits = new ArrayList<>();

    private Rescues(Path logs, Path workdir) {
        this.logs = logs;
        this.workdir = workdir;
    }

    static Rescues in(Path folder) {
        try {
            return new Rescues(Files.createDirectories(folder.resolve("logs")), folder.resolve("work"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts a file among the source's logs. */
    Rescues log(String name, byte[] bytes) {
        try {
            Files.write(logs.resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    Path logs() {
        return logs;
    }

    Path workdir() {
        return workdir;
    }

    /** Pauses so far; each is over at once. */
    List<Duration> waits() {
        return waits;
    }

    List<RescueProgress> progress() {
        return progress;
    }

    RescueSettings settings() {
        ArchiveName name = new ArchiveName(workdir, "db1", 3306, "20260101000000");
        return new RescueSettings(name, "app1", TAKEN_AT, waits::add, progress::add);
    }

    Archive from(FlakyHost host, BinlogPosition from) {
        return BinlogRescue.fromSource(settings(), new LogPlace(host, List.of(logs.toString())), from, deadline());
    }

    static Deadline deadline() {
        Ticks frozen = () -> 0;
        return Deadline.in(Duration.ofMinutes(1), frozen);
    }

    /** Over once it was asked this often. */
    static Deadline expiring(int questions) {
        long[] asked = {0};
        return new Deadline(() -> asked[0]++, questions);
    }

    /** The bytes of all events of an archive, one behind the other. */
    static byte[] events(Archive archive) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (EventCursor cursor = archive.cursor()) {
            while (cursor.advance()) {
                cursor.copyTo(all);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all.toByteArray();
    }
}
