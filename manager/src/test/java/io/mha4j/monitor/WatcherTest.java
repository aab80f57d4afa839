package io.mha4j.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
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

    private static final Check USELESS = new Check.Unusable("read_only was set", true);
    private static final Check TOLD_ONLY = new Check.Unusable("read_only was set", false);

    private final List<String> told = new ArrayList<>();
    private final Deque<Evidence.Veto> opinions = new ArrayDeque<>();
    /** After how long something is heard, in each wait. */
    private final Deque<Duration> news = new ArrayDeque<>();
    /** Whether a look after a failure proves the death. */
    private final Deque<Boolean> proofs = new ArrayDeque<>();

    /** How long each check takes. */
    private final Deque<Duration> stood = new ArrayDeque<>();

    private Duration opinionTakes = Duration.ZERO;
    private long now;

    @Test
    void four_failures_in_a_row_are_death_and_the_clock_has_moved_three_intervals() {
        assertThat(watch(GOOD, BAD, BAD, BAD, BAD)).isTrue();
        assertThat(told()).containsExactly("first answer", "failed 1", "failed 2", "failed 3", "failed 4", "dead");
        assertThat(Duration.ofNanos(now)).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void an_answer_in_between_starts_the_count_again() {
        watch(BAD, BAD, BAD, GOOD, BAD, BAD, BAD, BAD);
        assertThat(told())
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
        assertThat(told()).containsExactly("failed 1", "failed 2", "refused 2", "failed 3", "failed 4", "dead");
    }

    @Test
    void after_a_refusal_two_checks_must_fail_anew() {
        watch(BAD, BAD, BAD, BUSY, BAD, BAD);
        assertThat(told())
                .containsExactly("failed 1", "failed 2", "failed 3", "refused 2", "failed 3", "failed 4", "dead");
    }

    @Test
    void a_source_that_takes_no_writes_is_dead_at_the_fourth_failure_and_never_for_certain() {
        proofs.addAll(List.of(true, true, true, true));
        watch(GOOD, USELESS, USELESS, USELESS, USELESS);
        assertThat(told()).containsExactly("first answer", "failed 1", "failed 2", "failed 3", "failed 4", "dead");
    }

    @Test
    void with_an_alarm_only_a_source_that_takes_no_writes_counts_as_alive() {
        watch(BAD, BAD, BAD, TOLD_ONLY, TOLD_ONLY, TOLD_ONLY, TOLD_ONLY, BAD, BAD, BAD, BAD);
        assertThat(told())
                .containsExactly(
                        "failed 1",
                        "failed 2",
                        "failed 3",
                        "failed 0",
                        "failed 0",
                        "failed 0",
                        "failed 0",
                        "failed 1",
                        "failed 2",
                        "failed 3",
                        "failed 4",
                        "dead");
    }

    @Test
    void a_source_that_is_closed_to_others_has_answered() {
        watch(BAD, BAD, BAD, new Check.Closed("read_only was set"), BAD, BAD, BAD, BAD);
        assertThat(told()).containsSequence("failed 3", "first answer", "failed 1", "failed 2");
    }

    @Test
    void the_order_to_end_is_heard_though_each_check_takes_the_whole_round() {
        SourceProbe stuck = new SourceProbe() {
            @Override
            public Check check(Duration limit) {
                now += limit.toNanos();
                Thread.currentThread().interrupt();
                return TOLD_ONLY;
            }

            @Override
            public boolean awaitNews(Deadline deadline) {
                return false;
            }

            @Override
            public void close() {}
        };
        Watcher.Rest rest = new Watcher.Rest(() -> now, time -> now += time.toNanos());
        Watcher watcher = new Watcher(stuck, new Opinions(), new Proofs(), new Teller(), rest);
        assertThatThrownBy(() -> watcher.untilDead(Duration.ofSeconds(1))).isInstanceOf(InterruptedWork.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(told()).containsExactly("failed 0");
    }

    @Test
    void a_veto_starts_the_count_again() {
        opinions.add(new Evidence.Veto(true, "reached from elsewhere"));
        watch(BAD, BAD, BAD, BAD, BAD, BAD, BAD, BAD);
        assertThat(told())
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

    @Test
    void the_first_answer_after_a_veto_is_told() {
        opinions.add(new Evidence.Veto(true, "reached from elsewhere"));
        watch(GOOD, BAD, BAD, BAD, BAD, GOOD, GOOD, BAD, BAD, BAD, BAD);
        assertThat(told().subList(5, 8)).containsExactly("vetoed: reached from elsewhere", "first answer", "answer");
    }

    @Test
    void proof_of_a_death_ends_the_counting_at_once() {
        proofs.add(true);
        assertThat(watch(GOOD, BAD)).isTrue();
        assertThat(told()).containsExactly("first answer", "failed 1");
        assertThat(Duration.ofNanos(now)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void proof_is_looked_for_after_each_failure() {
        proofs.addAll(List.of(false, false, true));
        watch(GOOD, BAD, BAD, BAD);
        assertThat(told()).containsExactly("first answer", "failed 1", "failed 2", "failed 3");
    }

    @Test
    void a_connection_that_breaks_is_followed_by_a_check_at_once() {
        news.add(Duration.ofMillis(10));
        proofs.add(true);
        watch(GOOD, BAD);
        assertThat(Duration.ofNanos(now)).isEqualTo(Duration.ofMillis(10));
    }

    @Test
    void a_death_that_is_noticed_early_still_takes_three_intervals_to_count() {
        news.add(Duration.ofMillis(10));
        watch(GOOD, BAD, BAD, BAD, BAD);
        assertThat(Duration.ofNanos(now)).isEqualTo(Duration.ofMillis(3010));
    }

    @Test
    void news_that_do_no_harm_make_no_storm_of_checks() {
        news.addAll(List.of(Duration.ofMillis(10), Duration.ofMillis(10)));
        watch(GOOD, GOOD, GOOD, GOOD, BAD, BAD, BAD, BAD);
        assertThat(Duration.ofNanos(now)).isEqualTo(Duration.ofMillis(10 + 1000 + 10 + 1000 + 3000));
    }

    @Test
    void a_source_is_remembered_at_each_answer_and_suspected_at_each_failure() {
        watch(GOOD, BAD, GOOD, BAD, BAD, BAD, BAD);
        assertThat(told)
                .containsSubsequence(
                        "remembered", "suspected 1", "remembered", "suspected 1", "suspected 2", "suspected 3");
    }

    @Test
    void a_source_that_came_back_while_others_were_asked_is_not_dead() {
        opinionTakes = Duration.ofMillis(1001);
        watch(BAD, BAD, BAD, BAD, GOOD, BAD, BAD, BAD, BAD, BAD);
        assertThat(told())
                .containsExactly(
                        "failed 1",
                        "failed 2",
                        "failed 3",
                        "failed 4",
                        "revived",
                        "first answer",
                        "failed 1",
                        "failed 2",
                        "failed 3",
                        "failed 4",
                        "dead");
    }

    @Test
    void one_that_refuses_by_then_is_asked_about_anew_at_its_second_failure_from_there() {
        opinionTakes = Duration.ofMillis(1001);
        watch(BAD, BAD, BAD, BAD, BUSY, BAD, BAD, BAD);
        assertThat(told()).containsSequence("failed 4", "revived", "refused 2", "failed 3", "failed 4", "dead");
    }

    @Test
    void a_source_is_not_asked_once_more_where_others_answer_soon() {
        opinionTakes = Duration.ofMillis(999);
        assertThat(watch(BAD, BAD, BAD, BAD)).isTrue();
    }

    @Test
    void a_check_in_which_the_manager_stood_still_is_no_proof_of_a_death() {
        stood.addAll(List.of(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofMinutes(5)));
        watch(BAD, BAD, BAD, BAD, GOOD, BAD, BAD, BAD, BAD);
        assertThat(told()).containsSequence("failed 4", "revived", "first answer", "failed 1");
    }

    @Test
    void a_check_that_takes_all_of_its_time_is_fresh() {
        stood.addAll(List.of(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(1)));
        assertThat(watch(BAD, BAD, BAD, BAD)).isTrue();
    }

    /** Without what evidence and proof are told. */
    private List<String> told() {
        return told.stream()
                .filter(line -> !line.equals("remembered") && !line.startsWith("suspected"))
                .toList();
    }

    private boolean watch(Check... checks) {
        Deque<Check> script = new ArrayDeque<>(List.of(checks));
        Watcher watcher = new Watcher(
                new Script(script),
                new Opinions(),
                new Proofs(),
                new Teller(),
                new Watcher.Rest(() -> now, time -> now += time.toNanos()));
        boolean ssh = watcher.untilDead(Duration.ofSeconds(1));
        assertThat(script).isEmpty();
        return ssh;
    }

    private final class Script implements SourceProbe {
        private final Deque<Check> script;

        Script(Deque<Check> script) {
            this.script = script;
        }

        @Override
        public Check check(Duration limit) {
            now += stood.isEmpty() ? 0 : stood.remove().toNanos();
            return script.remove();
        }

        @Override
        public boolean awaitNews(Deadline deadline) {
            if (news.isEmpty()) {
                return false;
            }
            now += news.remove().toNanos();
            return true;
        }

        @Override
        public void close() {}
    }

    private final class Proofs implements DeathProof {
        @Override
        public void answered() {
            told.add("remembered");
        }

        @Override
        public boolean proves(Deadline round) {
            return !proofs.isEmpty() && proofs.remove();
        }
    }

    private final class Opinions implements Evidence {
        @Override
        public void failing(HealthState state) {
            told.add("suspected " + state.failures());
        }

        @Override
        public Veto secondOpinion() {
            now += opinionTakes.toNanos();
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
        public void revived() {
            told.add("revived");
        }

        @Override
        public void dead(HealthState state, boolean ssh) {
            told.add("dead");
        }
    }
}
