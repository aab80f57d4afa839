package io.mha4j.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.ServerId;
import io.mha4j.decision.HealthState;
import io.mha4j.report.EventLog;
import io.mha4j.report.Level;
import io.mha4j.report.ProcessIdentity;
import io.mha4j.report.StateFiles;
import io.mha4j.report.StatusFile;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WatchLogTest {
    private static final InstantSource CLOCK = () -> Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    private Path folder = Path.of("");

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    private WatchLog watchLog() {
        EventLog log = EventLog.toStream(
                new PrintStream(written, true, StandardCharsets.UTF_8), Level.INFO, CLOCK, ZoneOffset.UTC);
        return new WatchLog(
                new ServerId(0, "server1", "db1", "192.0.2.1", 3306),
                log,
                new StatusFile(new StateFiles(folder, "app1"), ProcessIdentity.current(), CLOCK));
    }

    private List<String> lines() {
        return written.toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.replaceFirst(".*] ", ""))
                .toList();
    }

    @Test
    void a_refusal_is_told_once_and_its_end_too() {
        WatchLog log = watchLog();
        log.answered(false);
        log.refused(HealthState.HEALTHY, "too many connections");
        log.refused(HealthState.HEALTHY, "too many connections");
        log.refused(HealthState.HEALTHY, "access denied");
        log.answered(false);
        log.answered(false);
        log.refused(HealthState.HEALTHY, "access denied");
        assertThat(lines())
                .containsExactly(
                        "db1(192.0.2.1:3306) is alive but refuses us: too many connections; this counts neither as life nor as death",
                        "db1(192.0.2.1:3306) is alive but refuses us: access denied; this counts neither as life nor as death",
                        "db1(192.0.2.1:3306) lets us in again",
                        "db1(192.0.2.1:3306) is alive but refuses us: access denied; this counts neither as life nor as death");
    }
}
