package io.mha4j.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.Gtids;
import io.mha4j.binlog.MariadbGtids;
import io.mha4j.topology.details.SourceStatus;
import io.mha4j.topology.details.SourceStatus.Acknowledging;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is known of a source that is silent now, and for how long. */
final class LastStatusTest {
    private static final ServerId A = new ServerId(0, "server1", "a", "10.0.0.1", 3306);
    private static final ServerId B = new ServerId(1, "server2", "b", "10.0.0.2", 3306);
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final SourceStatus STATUS = new SourceStatus(
            NOW,
            new BinlogPosition("bin.000001", 4),
            Optional.empty(),
            Optional.of(new Acknowledging(true, true, true, Duration.ofSeconds(10), 1, 1, Duration.ZERO)),
            Optional.of(List.of(2L)));
    private static final Duration FRESH = Duration.ofSeconds(30);

    private final LastStatus last = new LastStatus();

    private Optional<SourceStatus> after(Duration time, Instant clock) {
        return last.of(A, FRESH, time::toNanos, () -> clock);
    }

    @Test
    void its_time_is_told_by_the_clock_as_it_is_now() {
        last.note(A, STATUS, 0);
        Instant setBack = NOW.minusSeconds(3600);
        assertThat(after(Duration.ofSeconds(5), setBack)).contains(STATUS.at(setBack.minusSeconds(5)));
    }

    /** Ticks stand still while a virtual machine is suspended. */
    @Test
    void it_ages_while_this_host_sleeps() {
        last.note(A, STATUS, 0);
        Optional<SourceStatus> slept =
                after(Duration.ofSeconds(5), NOW.plus(FRESH).plusSeconds(1));
        assertThat(slept.map(SourceStatus::at)).contains(NOW);
        assertThat(slept.flatMap(SourceStatus::acknowledging)).isEmpty();
    }

    @Test
    void what_is_old_says_nothing_of_how_commits_wait() {
        last.note(A, STATUS, 0);
        assertThat(after(FRESH, NOW).flatMap(SourceStatus::acknowledging)).isPresent();
        Optional<SourceStatus> old = after(FRESH.plusMillis(1), NOW);
        assertThat(old.map(SourceStatus::end)).contains(STATUS.end());
        assertThat(old.flatMap(SourceStatus::acknowledging)).isEmpty();
        assertThat(old.flatMap(SourceStatus::registered)).isEmpty();
    }

    /** MariaDB's own count has commits in it that wait, and may never have been acknowledged. */
    @Test
    void what_is_old_says_of_mariadb_with_semi_sync_nothing_of_what_was_executed() {
        Gtids executed = MariadbGtids.parse("0-1-7");
        last.note(
                A,
                new SourceStatus(NOW, STATUS.end(), Optional.of(executed), STATUS.acknowledging(), STATUS.registered()),
                0);
        assertThat(after(FRESH, NOW).flatMap(SourceStatus::executed)).contains(executed);
        assertThat(after(FRESH.plusMillis(1), NOW).flatMap(SourceStatus::executed))
                .isEmpty();
    }

    @Test
    void another_one_was_asked() {
        last.note(B, STATUS, 0);
        assertThat(after(Duration.ZERO, NOW)).isEmpty();
    }
}
