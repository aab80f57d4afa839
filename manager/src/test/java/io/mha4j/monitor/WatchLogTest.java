package io.mha4j.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.ServerId;
import io.mha4j.config.ServerSettings.PingType;
import io.mha4j.decision.HealthState;
import io.mha4j.report.EventLog;
import io.mha4j.report.Level;
import io.mha4j.report.ProcessIdentity;
import io.mha4j.report.SeenStatus;
import io.mha4j.report.StateFiles;
import io.mha4j.report.Status;
import io.mha4j.report.StatusFile;
import io.mha4j.report.trouble.Trouble;
import io.mha4j.report.trouble.Troubles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WatchLogTest {
    private static final InstantSource CLOCK = () -> Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    private Path folder = Path.of("");

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    private StateFiles files() {
        return new StateFiles(folder, "app1");
    }

    private List<Trouble> shown() {
        return Troubles.of(
                files(),
                new SeenStatus(ProcessIdentity.current(), Status.PING_FAILING, Optional.empty(), CLOCK.instant()));
    }

    private EventLog log() {
        return EventLog.toStream(
                new PrintStream(written, true, StandardCharsets.UTF_8), Level.INFO, CLOCK, ZoneOffset.UTC);
    }

    private Troubles troubles() {
        return new Troubles(files(), ProcessIdentity.current(), CLOCK, log());
    }

    private WatchLog watchLog() {
        return watchLog(troubles());
    }

    private WatchLog watchLog(Troubles troubles) {
        return new WatchLog(
                new ServerId(0, "server1", "db1", "192.0.2.1", 3306),
                PingType.SELECT,
                log(),
                new StatusFile(files(), ProcessIdentity.current(), CLOCK),
                troubles);
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

    @Test
    void a_status_file_that_cannot_be_written_is_told_once_and_ends_nothing() throws IOException {
        WatchLog log = watchLog();
        Files.createDirectory(files().status());
        log.answered(false);
        failFourTimes(log);
        log.dead(HealthState.HEALTHY, true);
        assertThat(lines())
                .filteredOn(line -> line.contains("masterha_check_status does not show"))
                .hasSize(1);
        Files.delete(files().status());
        log.answered(false);
        assertThat(files().status()).isRegularFile();
    }

    @Test
    void a_veto_is_told_once_per_reason_with_the_failures_before_it_and_its_end() {
        WatchLog log = watchLog();
        for (String place : List.of("bin.000001:200, before bin.000001:100", "bin.000001:300, before bin.000001:200")) {
            failFourTimes(log);
            log.vetoed(new Evidence.Veto(true, "db2 still receives from it: " + place, Evidence.Cause.RECEIVER));
        }
        failFourTimes(log);
        log.vetoed(new Evidence.Veto(true, "secondary_check_script exited with status 3"));
        failFourTimes(log);
        log.vetoed(new Evidence.Veto(true, "secondary_check_script exited with status 3"));
        assertThat(shown())
                .singleElement()
                .hasToString("Trouble[state=VETOED, server=db1(192.0.2.1:3306),"
                        + " why=secondary_check_script exited with status 3, since=2026-01-02T03:04:05Z]");
        log.answered(true);
        assertThat(shown()).isEmpty();
        assertThat(lines())
                .containsExactly(
                        "Got error on MySQL ping of db1(192.0.2.1:3306): no answer in time (1 of 4 failures)",
                        "Got error on MySQL ping of db1(192.0.2.1:3306): no answer in time (2 of 4 failures)",
                        "Got error on MySQL ping of db1(192.0.2.1:3306): no answer in time (3 of 4 failures)",
                        "Got error on MySQL ping of db1(192.0.2.1:3306): no answer in time (4 of 4 failures)",
                        "db1(192.0.2.1:3306) is not called dead: db2 still receives from it: bin.000001:200, before"
                                + " bin.000001:100; counting begins again",
                        "db1(192.0.2.1:3306) is not called dead: secondary_check_script exited with status 3; counting begins again",
                        "db1(192.0.2.1:3306) answers again; it was rightly not called dead",
                        "Ping(SELECT) succeeded, waiting until MySQL doesn't respond..");
    }

    private static void failFourTimes(WatchLog log) {
        for (int failures = 1; failures <= HealthState.FAILURES_TO_DEATH; failures++) {
            log.failed(new HealthState(failures), "no answer in time");
        }
    }

    @Test
    void a_pause_is_no_veto() {
        WatchLog log = watchLog();
        log.vetoed(new Evidence.Veto(true, "secondary_check_script exited with status 3"));
        log.vetoed(new Evidence.Veto(true, "acting is paused", Evidence.Cause.PAUSED));
        assertThat(shown()).extracting(Trouble::state).containsExactly(Trouble.State.PAUSED);
    }

    @Test
    void a_source_that_refuses_is_shown_until_it_lets_us_in() {
        WatchLog log = watchLog();
        log.refused(HealthState.HEALTHY, "too many connections");
        assertThat(shown()).extracting(Trouble::why).containsExactly("too many connections");
        log.answered(false);
        assertThat(shown()).isEmpty();
    }

    /** A good ping that becomes older and older is what a manager that hangs leaves. */
    @Test
    void a_manager_that_is_refused_is_not_taken_for_a_hung_one() {
        WatchLog log = watchLog();
        log.answered(true);
        log.refused(HealthState.HEALTHY, "too many connections");
        assertThat(seenLater()).isEqualTo(Status.PING_FAILING);
        log.answered(false);
        assertThat(seenLater()).isEqualTo(Status.TIMESTAMP_OLD);
    }

    private Status seenLater() {
        return SeenStatus.read(files(), doubt -> {})
                .orElseThrow()
                .judged(CLOCK.instant().plusSeconds(60), Duration.ofSeconds(10));
    }

    @Test
    void a_source_that_takes_no_writes_is_told_once_per_reason_and_shown_until_it_does() {
        WatchLog log = watchLog();
        for (String why : List.of("read_only was set", "read_only was set", "a disk is full")) {
            log.unusable(HealthState.HEALTHY, new HealthState.Check.Unusable(why, false));
        }
        assertThat(shown()).extracting(Trouble::why).containsExactly("alive, but nobody can use it: a disk is full");
        log.answered(false);
        assertThat(shown()).isEmpty();
        assertThat(lines())
                .containsExactly(
                        "db1(192.0.2.1:3306) is alive, but nobody can use it: read_only was set; unusable_source=alarm: no failover",
                        "db1(192.0.2.1:3306) is alive, but nobody can use it: a disk is full; unusable_source=alarm: no failover",
                        "db1(192.0.2.1:3306) can be used again");
    }

    @Test
    void where_it_counts_each_failure_is_told_with_its_reason() {
        WatchLog log = watchLog();
        log.unusable(new HealthState(1), new HealthState.Check.Unusable("a write waits", true));
        assertThat(shown()).extracting(Trouble::state).containsExactly(Trouble.State.UNUSABLE);
        log.failed(new HealthState(2), "no answer in time");
        assertThat(lines())
                .containsExactly(
                        "Got error on MySQL ping of db1(192.0.2.1:3306): unusable: a write waits (1 of 4 failures)",
                        "Got error on MySQL ping of db1(192.0.2.1:3306): no answer in time (2 of 4 failures)");
    }

    @Test
    void what_cannot_be_used_is_shown_through_failures_until_it_is_vetoed_or_dead() {
        HealthState.Check.Unusable waits = new HealthState.Check.Unusable("a write waits", false);
        WatchLog log = watchLog();
        log.unusable(HealthState.HEALTHY, waits);
        log.failed(new HealthState(1), "no answer in time");
        log.unusable(HealthState.HEALTHY, waits);
        log.failed(new HealthState(1), "no answer in time");
        assertThat(shown()).extracting(Trouble::state).containsExactly(Trouble.State.UNUSABLE);
        log.vetoed(new Evidence.Veto(true, "secondary_check_script exited with status 3"));
        assertThat(shown()).extracting(Trouble::state).containsExactly(Trouble.State.VETOED);
        log.unusable(HealthState.HEALTHY, waits);
        log.dead(new HealthState(4), false);
        assertThat(shown()).isEmpty();
    }

    @Test
    void a_source_that_comes_back_of_no_use_is_not_vetoed_any_more_where_that_is_no_failure() {
        for (boolean counts : List.of(true, false)) {
            WatchLog log = watchLog();
            log.vetoed(new Evidence.Veto(true, "secondary_check_script exited with status 3"));
            log.refused(HealthState.HEALTHY, "too many connections");
            log.unusable(HealthState.HEALTHY, new HealthState.Check.Unusable("a disk is full", counts));
            assertThat(shown())
                    .extracting(Trouble::state)
                    .containsExactlyElementsOf(
                            counts
                                    ? List.of(Trouble.State.VETOED, Trouble.State.UNUSABLE)
                                    : List.of(Trouble.State.UNUSABLE));
            assertThat(lines().contains("db1(192.0.2.1:3306) answers again; it was rightly not called dead"))
                    .isEqualTo(!counts);
        }
    }

    @Test
    void one_that_does_not_answer_refuses_nobody() {
        WatchLog log = watchLog();
        log.refused(HealthState.HEALTHY, "too many connections");
        log.failed(new HealthState(1), "no answer in time");
        assertThat(shown()).isEmpty();
    }

    @Test
    void what_was_wrong_with_another_source_is_past() {
        Troubles troubles = troubles();
        troubles.begin(Trouble.State.UNUSABLE, "db2(192.0.2.2:3306)", "a disk is full");
        troubles.begin(Trouble.State.SSH_LOST, "db2(192.0.2.2:3306)", "no answer");
        troubles.begin(Trouble.State.UNUSABLE, "db1(192.0.2.1:3306)", "a disk is full");
        watchLog(troubles);
        assertThat(shown())
                .extracting(t -> t.state() + " " + t.server())
                .containsExactly("SSH_LOST db2(192.0.2.2:3306)", "UNUSABLE db1(192.0.2.1:3306)");
    }

    @Test
    void a_source_that_is_closed_to_others_is_told_though_it_answers_us() {
        WatchLog log = watchLog();
        log.answered(true);
        log.closed(false, "read_only was set");
        log.closed(false, "read_only was set");
        assertThat(shown()).extracting(Trouble::state).containsExactly(Trouble.State.UNUSABLE);
        log.answered(false);
        assertThat(shown()).isEmpty();
        assertThat(lines())
                .containsExactly(
                        "Ping(SELECT) succeeded, waiting until MySQL doesn't respond..",
                        "db1(192.0.2.1:3306) is alive, but nobody can use it: read_only was set; to the manager it answers",
                        "db1(192.0.2.1:3306) can be used again");
    }
}
