package io.mha4j.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.decision.HealthState;
import io.mha4j.decision.HealthState.Check;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatcherTest {
    private static final Check GOOD = new Check.Good();
    private static final Check BAD = new Check.Failed("connection refused");
    private static final Check BUSY = new Check.Refused("1040 too many connections");

    private final List<String> told = new ArrayList<>();
    private final Deque<Evidence.Veto> opinions = new ArrayDeque<>();
    private long now;

    @Test
    void four_failures_in_a_row_are_death_and_the_clock_has_moved_three_intervals() {
        assertThat(watch(GOOD, BAD, BAD, BAD, BAD)).isTrue();
        assertThat(told).containsExactly("first answer", "failed 1", "failed 2", "failed 3", "failed 4", "dead");
        assertThat(Duration.ofNanos(now)).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void an_answer_in_between_starts_the_count_again() {
        watch(BAD, BAD, BAD, GOOD, BAD, BAD, BAD, BAD);
        assertThat(told)
                .containsExactly(
                        "failed 1",
                        "failed 2",
                        "failed 3",
                        "first answer",
                        "failed 1",
                        "failed 2",
                        "failed 3",
                        "failed 4",
                        "dead");
    }

    @Test
    void a_server_that_refuses_is_neither_alive_nor_dead() {
        watch(BAD, BAD, BUSY, BAD, BAD);
        assertThat(told).containsExactly("failed 1", "failed 2", "refused 2", "failed 3", "failed 4", "dead");
    }

    @Test
    void a_veto_starts_the_count_again() {
        opinions.add(new Evidence.Veto(true, "reached from elsewhere"));
        watch(BAD, BAD, BAD, BAD, BAD, BAD, BAD, BAD);
        assertThat(told)
                .containsExactly(
                        "failed 1",
                        "failed 2",
                        "failed 3",
                        "failed 4",
                        "vetoed: reached from elsewhere",
                        "failed 1",
                        "failed 2",
                        "failed 3",
                        "failed 4",
                        "dead");
    }

    private boolean watch(Check... checks) {
        Deque<Check> script = new ArrayDeque<>(List.of(checks));
        Watcher watcher =
                new Watcher(new Script(script), new Opinions(), new Teller(), () -> now, time -> now += time.toNanos());
        boolean ssh = watcher.untilDead(Duration.ofSeconds(1));
        assertThat(script).isEmpty();
        return ssh;
    }

    private record Script(Deque<Check> script) implements SourceProbe {
        @Override
        public Check check(Duration limit) {
            return script.remove();
        }

        @Override
        public void close() {}
    }

    private final class Opinions implements Evidence {
        @Override
        public Veto secondOpinion() {
            return opinions.isEmpty() ? new Veto(false, "no secondary check") : opinions.remove();
        }

        @Override
        public boolean sshReachable() {
            return true;
        }
    }

    private final class Teller implements WatchListener {
        @Override
        public void answered(boolean first) {
            told.add(first ? "first answer" : "answer");
        }

        @Override
        public void failed(HealthState state, String why) {
            told.add("failed " + state.failures());
        }

        @Override
        public void refused(HealthState state, String why) {
            told.add("refused " + state.failures());
        }

        @Override
        public void vetoed(Evidence.Veto veto) {
            told.add("vetoed: " + veto.why());
        }

        @Override
        public void dead(HealthState state, boolean ssh) {
            told.add("dead");
        }
    }
}
