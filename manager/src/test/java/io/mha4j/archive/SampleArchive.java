package io.mha4j.archive;

import io.mha4j.base.Deadline;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.SampleLogs;
import io.mha4j.remote.LocalHost;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What a real server logged, saved as that of a dead {@code db1}. */
public final class SampleArchive {
    /** Where its first file begins behind the format description. */
    public static final BinlogPosition START = new BinlogPosition("mysql-bin.000001", 155);

    private SampleArchive() {}

    /** Everything from {@link #START} on, in {@code folder}. */
    public static Archive saved(Path folder) {
        return saved(folder, "20260101000000");
    }

    /** The same by a failover that began at {@code time}. */
    public static Archive saved(Path folder, String time) {
        return saved(folder, time, "8.0.15-row");
    }

    /** The same with whole statements, of which some make temporary tables. */
    public static Archive ofStatements(Path folder) {
        return saved(folder, "20260101000000", "8.0.15-statement");
    }

    private static Archive saved(Path folder, String time, String set) {
        ArchiveName name = new ArchiveName(folder, "db1", 3306, time);
        RescueSettings settings = new RescueSettings(name, "app1", Instant.EPOCH, pause -> {}, progress -> {});
        LogPlace place = new LogPlace(
                new LocalHost(), List.of(SampleLogs.folder(set, "source").toString()), false);
        return BinlogRescue.fromSource(settings, place, START, Deadline.in(Duration.ofMinutes(1), System::nanoTime));
    }
}
