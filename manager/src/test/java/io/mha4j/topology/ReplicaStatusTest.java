package io.mha4j.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.scenario.Scenario;
import org.junit.jupiter.api.Test;

final class ReplicaStatusTest {
    @Test
    void a_thread_that_somebody_stopped_did_not_fail() {
        assertThat(status("sql=no").applier().failed()).isFalse();
        assertThat(status("sql=error:1062").applier().failed()).isTrue();
        assertThat(status("").applier().failed()).isFalse();
    }

    @Test
    void a_channel_that_was_reset_follows_nobody() {
        assertThat(status("read=none io=no sql=no").follows()).isFalse();
        assertThat(status("read=none io=connecting").follows()).isTrue();
        assertThat(status("io=no sql=no").follows()).isTrue();
    }

    @Test
    void a_channel_that_was_pointed_at_a_source_and_not_started_follows_it_when_it_knows_its_place() {
        assertThat(status("read=none io=no sql=no auto_position=1").follows()).isTrue();
        assertThat(status("read=none io=no sql=no source_user=mha4j_feed_x1y2z").follows())
                .isTrue();
    }

    @Test
    void a_channel_by_gtid_that_received_nothing_and_stands_still_may_be_one_that_was_reset() {
        String reset = "read=none io=no sql=no auto_position=1";
        assertThat(status(reset).mayBeReset()).isTrue();
        assertThat(status("io=no sql=no auto_position=1").mayBeReset()).isFalse();
        assertThat(status("read=none io=connecting sql=no auto_position=1").mayBeReset())
                .isFalse();
        assertThat(status("read=none io=error:1236 sql=no auto_position=1").mayBeReset())
                .isFalse();
        assertThat(status(reset + " source_user=mha4j_feed_x1y2z").mayBeReset()).isFalse();
    }

    @Test
    void a_channel_is_at_work_while_one_of_its_threads_runs_or_tries_to() {
        assertThat(status("").isAtWork()).isTrue();
        assertThat(status("io=connecting sql=no").isAtWork()).isTrue();
        assertThat(status("io=no").isAtWork()).isTrue();
        assertThat(status("io=no sql=no").isAtWork()).isFalse();
    }

    @Test
    void all_is_applied_when_both_positions_are_known_and_equal() {
        assertThat(status("read=bin.000007:900").appliedAllItRead()).isTrue();
        assertThat(status("read=bin.000007:900 applied=bin.000007:800").appliedAllItRead())
                .isFalse();
        assertThat(status("read=none applied=none").appliedAllItRead()).isFalse();
    }

    private static ReplicaStatus status(String words) {
        Scenario scenario = Scenario.of("servers", "  a  source", "  b  replica " + words);
        return scenario.snapshot()
                .facts(scenario.id("b"))
                .orElseThrow()
                .onlyChannel()
                .orElseThrow();
    }
}
