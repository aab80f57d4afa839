package io.mha4j.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.topology.ReplicaStatus;
import io.mha4j.topology.ReplicaStatus.Filters;
import io.mha4j.topology.ReplicaStatus.RelayPosition;
import io.mha4j.topology.ReplicaStatus.ThreadState;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When replication threads that say Yes are believed. */
final class StartWatchTest {
    private static final ThreadState YES = new ThreadState(true, "Yes", 0, "");
    private static final ThreadState NO = new ThreadState(false, "No", 0, "");
    private static final ThreadState REFUSED = new ThreadState(false, "No", 1236, "impossible position");
    private static final Optional<BinlogPosition> NOWHERE = Optional.empty();

    private long now;

    private static Optional<BinlogPosition> at(long offset) {
        return Optional.of(new BinlogPosition("bin.000001", offset));
    }

    private static ReplicaStatus status(
            ThreadState receiver, Optional<BinlogPosition> read, Optional<BinlogPosition> applied, String relayFile) {
        return new ReplicaStatus(
                "",
                "10.0.0.1",
                3306,
                "repl",
                receiver,
                receiver.running() ? YES : NO,
                read,
                applied,
                Optional.of(new RelayPosition(relayFile, 4)),
                read.isEmpty(),
                Optional.empty(),
                Duration.ZERO,
                Optional.empty(),
                false,
                Filters.NONE);
    }

    private StartWatch watch(ReplicaStatus before) {
        return new StartWatch(
                new ServerId(1, "server1", "10.0.0.2", "10.0.0.2", 3306),
                "START",
                true,
                () -> now,
                Optional.of(before));
    }

    private boolean isOver(StartWatch watch, int millis, ReplicaStatus status) {
        now = Duration.ofMillis(millis).toNanos();
        return watch.isOver(status);
    }

    @Test
    void threads_that_nothing_came_to_must_run_for_a_while() {
        StartWatch watch = watch(status(NO, at(100), at(100), "relay.1"));
        ReplicaStatus running = status(YES, at(100), at(100), "relay.1");
        assertThat(isOver(watch, 1, running)).isFalse();
        assertThat(isOver(watch, 150, running)).isFalse();
        assertThat(isOver(watch, 202, running)).isTrue();
    }

    @Test
    void a_new_relay_log_shows_that_the_source_sends() {
        StartWatch watch = watch(status(NO, at(100), at(100), "relay.1"));
        ReplicaStatus flowing = status(YES, at(100), at(100), "relay.2");
        assertThat(isOver(watch, 1, flowing)).isFalse();
        assertThat(isOver(watch, 22, flowing)).isTrue();
    }

    @Test
    void by_gtid_the_first_place_shows_that() {
        StartWatch watch = watch(status(NO, NOWHERE, NOWHERE, "relay.1"));
        ReplicaStatus silent = status(YES, NOWHERE, NOWHERE, "relay.1");
        ReplicaStatus flowing = status(YES, at(4), at(4), "relay.2");
        assertThat(isOver(watch, 1, silent)).isFalse();
        assertThat(isOver(watch, 30, silent)).isFalse();
        assertThat(isOver(watch, 31, flowing)).isFalse();
        assertThat(isOver(watch, 52, flowing)).isTrue();
    }

    @Test
    void what_came_and_is_not_executed_may_yet_fail() {
        StartWatch watch = watch(status(NO, at(100), at(100), "relay.1"));
        ReplicaStatus stuck = status(YES, at(900), at(100), "relay.2");
        assertThat(isOver(watch, 1, stuck)).isFalse();
        assertThat(isOver(watch, 100, stuck)).isFalse();
        assertThat(isOver(watch, 101, status(YES, at(900), at(300), "relay.2"))).isFalse();
        assertThat(isOver(watch, 122, status(YES, at(1200), at(300), "relay.2")))
                .isTrue();
    }

    @Test
    void a_refusal_behind_the_first_yes_is_told() {
        StartWatch watch = watch(status(NO, at(100), at(100), "relay.1"));
        assertThat(isOver(watch, 1, status(YES, at(100), at(100), "relay.2"))).isFalse();
        assertThatThrownBy(() -> isOver(watch, 6, status(REFUSED, at(100), at(100), "relay.2")))
                .isInstanceOf(MysqlException.class)
                .hasMessageContaining("1236");
    }

    @Test
    void looks_become_rarer() {
        StartWatch watch = watch(status(NO, at(100), at(100), "relay.1"));
        assertThat(watch.pause()).isLessThan(Duration.ofMillis(10));
        now = Duration.ofSeconds(1).toNanos();
        assertThat(watch.pause()).isEqualTo(Duration.ofMillis(50));
    }
}
