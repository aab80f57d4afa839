package io.mha4j.mysql.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.topology.ReplicaStatus.ThreadState;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class SourceReachTest {
    private static final ThreadState FULL = new ThreadState(false, "Connecting", 1040, "Too many connections");
    private static final ThreadState TRYING = new ThreadState(false, "Connecting", 0, "");
    private static final ThreadState RUNNING = new ThreadState(true, "Yes", 0, "");

    private final AtomicLong now = new AtomicLong();
    private final SourceReach reach = new SourceReach(Duration.ofSeconds(10), now::get);

    @Test
    void an_error_that_may_go_away_is_put_up_with_for_a_time_though_the_receiver_tries_in_between() {
        reach.saw(FULL);
        pass(9);
        reach.saw(TRYING);
        assertThat(reach.lost()).isEmpty();
        pass(1);
        assertThat(reach.lost()).contains(FULL);
    }

    @Test
    void while_it_is_put_up_with_the_receiver_is_to_try_again_two_seconds_after_each_error() {
        reach.saw(TRYING);
        assertThat(reach.isTryDue()).isFalse();
        reach.saw(FULL);
        assertThat(reach.isTryDue()).isFalse();
        pass(2);
        assertThat(reach.isTryDue()).isTrue();
        assertThat(reach.isTryDue()).isFalse();
        pass(2);
        assertThat(reach.isTryDue()).isTrue();
        pass(6);
        assertThat(reach.isTryDue()).isFalse();
    }

    @Test
    void a_source_that_is_needed_at_once_is_given_up_sooner_where_nothing_answers() {
        SourceReach needed = new SourceReach(Duration.ofSeconds(30), Duration.ofSeconds(10), now::get);
        needed.saw(new ThreadState(false, "Connecting", 2003, "Can't connect"));
        pass(10);
        assertThat(needed.lost()).isPresent();
        needed.saw(RUNNING);
        needed.saw(FULL);
        pass(29);
        assertThat(needed.lost()).isEmpty();
    }

    @Test
    void how_long_nothing_answers_is_counted_from_when_nothing_did_and_not_in_an_attempt() {
        SourceReach needed = new SourceReach(Duration.ofSeconds(30), Duration.ofSeconds(10), now::get);
        ThreadState silent = new ThreadState(false, "Connecting", 2003, "Can't connect");
        needed.saw(FULL);
        pass(12);
        needed.saw(silent);
        assertThat(needed.lost()).isEmpty();
        pass(9);
        needed.saw(TRYING);
        pass(2);
        assertThat(needed.lost()).isEmpty();
        needed.saw(silent);
        assertThat(needed.lost()).contains(silent);
    }

    @Test
    void an_attempt_that_is_under_way_is_not_broken_off_however_long_it_takes() {
        reach.saw(FULL);
        pass(2);
        assertThat(reach.isTryDue()).isTrue();
        reach.saw(TRYING);
        pass(4);
        reach.saw(TRYING);
        assertThat(reach.isTryDue()).isFalse();
        reach.saw(FULL);
        pass(1);
        reach.saw(FULL);
        assertThat(reach.isTryDue()).isFalse();
        pass(1);
        assertThat(reach.isTryDue()).isTrue();
    }

    @Test
    void a_receiver_that_got_through_begins_anew() {
        reach.saw(FULL);
        pass(9);
        reach.saw(RUNNING);
        pass(9);
        reach.saw(FULL);
        assertThat(reach.lost()).isEmpty();
        assertThat(reach.isTryDue()).isFalse();
        pass(10);
        assertThat(reach.lost()).contains(FULL);
    }

    @Test
    void a_source_that_refuses_the_login_is_not_asked_again() {
        ThreadState denied = new ThreadState(false, "Connecting", 1045, "Access denied");
        reach.saw(denied);
        assertThat(reach.lost()).contains(denied);
        pass(5);
        assertThat(reach.isTryDue()).isFalse();
    }

    @Test
    void a_receiver_that_was_stopped_is_not_started() {
        reach.saw(FULL);
        reach.saw(new ThreadState(false, "No", 0, ""));
        pass(30);
        assertThat(reach.isTryDue()).isFalse();
        assertThat(reach.lost()).isEmpty();
    }

    private void pass(long seconds) {
        now.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }
}
