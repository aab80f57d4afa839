package io.mha4j.cli.outlook;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.report.trouble.Trouble;
import io.mha4j.report.trouble.Trouble.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TroubleTellerTest {
    private final List<String> told = new ArrayList<>();
    private long now;
    private boolean getsOut = true;
    private final TroubleTeller teller = new TroubleTeller(() -> now);

    private void after(Duration time, Trouble... present) {
        now += time.toNanos();
        teller.look(List.of(present), (event, troubles) -> {
            told.add(event + " " + troubles.stream().map(Trouble::server).toList());
            return getsOut;
        });
    }

    private static Trouble of(State state, String server) {
        return new Trouble(state, server, "why", Instant.EPOCH);
    }

    @Test
    void a_veto_is_told_at_once_and_once() {
        after(Duration.ZERO, of(State.VETOED, "db1"));
        after(Duration.ofMinutes(1), of(State.VETOED, "db1"));
        after(Duration.ofHours(1), of(State.VETOED, "db1"));
        assertThat(told).containsExactly("a failover is vetoed [db1]");
    }

    @Test
    void its_end_is_told_when_ten_minutes_are_over() {
        after(Duration.ZERO, of(State.VETOED, "db1"));
        after(Duration.ofMinutes(9));
        assertThat(told).hasSize(1);
        after(Duration.ofMinutes(1));
        after(Duration.ofHours(1));
        assertThat(told).containsExactly("a failover is vetoed [db1]", "a failover is no longer vetoed []");
    }

    @Test
    void what_comes_and_goes_within_ten_minutes_is_told_once() {
        after(Duration.ZERO, of(State.VETOED, "db1"));
        after(Duration.ofMinutes(1));
        after(Duration.ofMinutes(1), of(State.VETOED, "db1"));
        after(Duration.ofMinutes(20), of(State.VETOED, "db1"));
        assertThat(told).hasSize(1);
    }

    @Test
    void what_could_not_be_sent_is_sent_again_after_ten_minutes() {
        getsOut = false;
        after(Duration.ZERO, of(State.VETOED, "db1"));
        after(Duration.ofMinutes(9), of(State.VETOED, "db1"));
        assertThat(told).hasSize(1);
        after(Duration.ofMinutes(1), of(State.VETOED, "db1"));
        assertThat(told).hasSize(2);
        getsOut = true;
        after(Duration.ofMinutes(10), of(State.VETOED, "db1"));
        after(Duration.ofHours(1), of(State.VETOED, "db1"));
        assertThat(told).hasSize(3).containsOnly("a failover is vetoed [db1]");
    }

    @Test
    void the_end_of_what_nobody_heard_of_is_not_told() {
        getsOut = false;
        after(Duration.ZERO, of(State.VETOED, "db1"));
        getsOut = true;
        after(Duration.ofMinutes(20));
        assertThat(told).containsExactly("a failover is vetoed [db1]");
    }

    @Test
    void a_source_that_refuses_for_a_moment_alarms_nobody() {
        after(Duration.ZERO, of(State.REFUSED, "db1"));
        after(Duration.ofSeconds(29), of(State.REFUSED, "db1"));
        after(Duration.ofSeconds(3));
        after(Duration.ZERO, of(State.REFUSED, "db1"));
        after(Duration.ofSeconds(29), of(State.REFUSED, "db1"));
        assertThat(told).isEmpty();
        after(Duration.ofSeconds(1), of(State.REFUSED, "db1"));
        assertThat(told).containsExactly("the master refuses the manager [db1]");
    }

    @Test
    void one_kind_of_trouble_does_not_silence_another() {
        after(Duration.ZERO, of(State.VETOED, "db1"));
        after(Duration.ofSeconds(1), of(State.VETOED, "db1"), of(State.REFUSED, "db1"));
        after(Duration.ofSeconds(40), of(State.VETOED, "db1"), of(State.REFUSED, "db1"));
        assertThat(told).containsExactly("a failover is vetoed [db1]", "the master refuses the manager [db1]");
    }

    @Test
    void a_failover_that_a_pause_holds_back_is_told_once() {
        after(Duration.ZERO, of(State.PAUSED, "db1"));
        after(Duration.ofHours(1), of(State.PAUSED, "db1"));
        assertThat(told).containsExactly("a failover waits for the end of a pause [db1]");
    }
}
