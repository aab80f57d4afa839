package io.mha4j.report.trouble;

import io.mha4j.report.EventLog;
import io.mha4j.report.Level;
import io.mha4j.report.ProcessIdentity;
import io.mha4j.report.StateFiles;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** For tests: troubles of an application in a folder, and a log beside them that is kept. */
public final class TroubleBook {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final EventLog log = EventLog.toStream(
            new PrintStream(written, true, StandardCharsets.UTF_8), Level.INFO, () -> Instant.EPOCH, ZoneOffset.UTC);
    private final Troubles troubles;

    public TroubleBook(Path folder) {
        troubles = new Troubles(new StateFiles(folder, "app1"), ProcessIdentity.current(), () -> Instant.EPOCH, log);
    }

    public EventLog log() {
        return log;
    }

    public Troubles troubles() {
        return troubles;
    }

    /** What the log was told, a line each, without time and level. */
    public List<String> told() {
        return written.toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.replaceFirst(".*] ", ""))
                .toList();
    }
}
