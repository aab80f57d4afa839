package io.mha4j.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.ServerId;
import io.mha4j.config.ServerSettings.UnreadableTail;
import io.mha4j.decision.World.Replica;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What comes of a failover where the old source's binary log cannot be read, as the operator wants it. */
final class UnreadableTailTest {
    private static final ServerId OLD = World.id(0);
    private static final Step SAVE = new Step.SaveTail(OLD, World.sourcePosition(6));
    private static final Step SAVE_LESS = new Step.SaveTail(OLD, World.sourcePosition(7));
    private static final Step OFF = new Step.ShutDown(OLD, true);
    private static final Step OFF_UNREACHED = new Step.ShutDown(OLD, false);
    private static final FailoverPlanner PLANNER = new FailoverPlanner();

    private static FakeCluster cluster(boolean gtids, boolean ssh, UnreadableTail wanted, FailoverWishes wishes) {
        World.Log log = new World.Log(ssh, 0, 0, false, wanted);
        return FakeCluster.of(new World(gtids, 9, List.of(Replica.at(6), Replica.at(7)), wishes, log));
    }

    private static FakeCluster cluster(boolean ssh, UnreadableTail wanted) {
        return cluster(false, ssh, wanted, FailoverWishes.DEFAULT);
    }

    private static List<Step> steps(FakeCluster cluster) {
        return cluster.facts().progress().outcomes().stream().map(Outcome::step).toList();
    }

    @Test
    void where_it_can_be_read_nothing_stops() {
        for (boolean gtids : List.of(true, false)) {
            FakeCluster cluster = cluster(gtids, true, UnreadableTail.STOP, FailoverWishes.DEFAULT);
            assertThat(cluster.runFailover()).isInstanceOf(Next.Finished.class);
        }
    }

    @Test
    void nobody_is_promoted_and_its_host_stays_up_where_it_could_not_be_read() {
        for (boolean gtids : List.of(true, false)) {
            FakeCluster cluster = cluster(gtids, true, UnreadableTail.STOP, FailoverWishes.DEFAULT)
                    .failingAt(Set.of(SAVE, SAVE_LESS));
            Next end = cluster.runFailover();
            assertThat(((Next.Stuck) end).why())
                    .contains("on_unreadable_tail=stop", "made to fail", "it is fenced", "--ignore_last_failover");
            assertThat(steps(cluster)).contains(SAVE, SAVE_LESS).doesNotContain(OFF);
            assertThat(cluster.mostWritable()).isZero();
        }
    }

    @Test
    void nor_where_its_end_could_not_be_read() {
        StepResult half = new StepResult.Saved(
                "tail from 6",
                World.sourcePosition(6),
                World.sourcePosition(8),
                World.sourcePosition(8),
                200,
                2,
                Optional.empty(),
                Optional.of("an event has a wrong checksum"),
                true,
                StepResult.Writer.GONE,
                StepResult.Restart.NO);
        FakeCluster cluster = cluster(true, UnreadableTail.STOP).answering(SAVE, half);
        assertThat(((Next.Stuck) cluster.runFailover()).why())
                .contains("an event has a wrong checksum; saved as tail from 6");
        assertThat(cluster.mostWritable()).isZero();
    }

    @Test
    void a_host_that_is_known_not_to_answer_refuses_before_anything_is_changed() {
        FakeCluster cluster = cluster(false, UnreadableTail.STOP);
        Next end = cluster.runFailover();
        assertThat(((Next.Refused) end).why().sentence())
                .contains("on_unreadable_tail=stop", "SSH to its host does not answer", "on_unreadable_tail=continue");
        assertThat(steps(cluster)).isEmpty();
    }

    @Test
    void who_says_that_it_is_not_to_be_read_does_not_miss_it() {
        FailoverWishes unread = new FailoverWishes(Optional.empty(), true, true, true, false);
        for (boolean ssh : List.of(true, false)) {
            assertThat(cluster(false, ssh, UnreadableTail.STOP, unread).runFailover())
                    .isInstanceOf(Next.Finished.class);
        }
    }

    @Test
    void a_host_that_does_not_answer_is_tried_where_it_is_tried_for_a_while() {
        FakeCluster once = cluster(false, UnreadableTail.CONTINUE);
        assertThat(once.runFailover()).isInstanceOf(Next.Finished.class);
        assertThat(steps(once)).doesNotContain(SAVE);

        FakeCluster patient = cluster(false, UnreadableTail.RETRY).failingAt(Set.of(SAVE, SAVE_LESS));
        assertThat(patient.runFailover()).isInstanceOf(Next.Finished.class);
        assertThat(steps(patient)).contains(SAVE, SAVE_LESS);
        assertThat(patient.summary().verdict().sentence())
                .startsWith("unknown: ")
                .contains("made to fail");
    }

    @Test
    void a_host_that_is_back_is_fenced_and_read_once_more() {
        for (boolean gtids : List.of(true, false)) {
            StepResult part = new StepResult.Saved(
                    "tail from 6",
                    World.sourcePosition(6),
                    World.sourcePosition(8),
                    World.sourcePosition(8),
                    200,
                    2,
                    gtids ? Optional.of(World.gtids(8)) : Optional.empty(),
                    Optional.empty(),
                    false,
                    StepResult.Writer.ALIVE,
                    StepResult.Restart.NO);
            FakeCluster cluster = cluster(gtids, false, UnreadableTail.RETRY, FailoverWishes.DEFAULT)
                    .answering(SAVE, part);
            assertThat(cluster.runFailover()).isInstanceOf(Next.Finished.class);
            Step rest = new Step.SaveTail(OLD, World.sourcePosition(8), Optional.of("tail from 6"));
            assertThat(steps(cluster)).containsSubsequence(SAVE, new Step.Fence(OLD), rest, OFF_UNREACHED);
            assertThat(cluster.summary().verdict()).isInstanceOf(LossVerdict.None.class);
            assertThat(cluster.summary().fence().clause()).contains("it is fenced");
        }
    }

    @Test
    void nothing_is_proven_where_it_could_not_be_ended_then() {
        StepResult part = new StepResult.Saved(
                "tail from 6",
                World.sourcePosition(6),
                World.sourcePosition(9),
                World.sourcePosition(9),
                300,
                3,
                Optional.empty(),
                Optional.empty(),
                false,
                StepResult.Writer.UNKNOWN,
                StepResult.Restart.NO);
        Step rest = new Step.SaveTail(OLD, World.sourcePosition(9), Optional.of("tail from 6"));
        for (Step failing : List.of(new Step.Fence(OLD), rest)) {
            FakeCluster cluster =
                    cluster(false, UnreadableTail.RETRY).answering(SAVE, part).failingAt(Set.of(failing));
            assertThat(cluster.runFailover()).isInstanceOf(Next.Finished.class);
            assertThat(cluster.summary().verdict().sentence()).startsWith("unknown: ");
        }
    }

    @Test
    void what_was_read_counts_whatever_is_wanted_when_a_run_is_taken_up_again() {
        for (boolean gtids : List.of(true, false)) {
            FakeCluster patient = cluster(gtids, false, UnreadableTail.RETRY, FailoverWishes.DEFAULT);
            assertThat(patient.runFailover()).isInstanceOf(Next.Finished.class);
            List<Outcome> all = patient.facts().progress().outcomes();
            int read = steps(patient).indexOf(SAVE) + 1;
            assertThat(read).isPositive();
            for (UnreadableTail wanted : UnreadableTail.values()) {
                FailoverFacts other =
                        cluster(gtids, false, wanted, FailoverWishes.DEFAULT).facts();
                for (int done = read; done <= all.size(); done++) {
                    Progress progress = new Progress(all.subList(0, done));
                    assertThat(PLANNER.next(other.with(progress)))
                            .isEqualTo(PLANNER.next(patient.facts().with(progress)));
                }
                assertThat(FailoverSummary.of(other.with(patient.facts().progress()), PLANNER)
                                .verdict())
                        .isInstanceOf(LossVerdict.None.class);
            }
        }
    }

    @Test
    void a_run_whose_new_source_has_left_replication_reads_nothing_more() {
        for (boolean gtids : List.of(true, false)) {
            FakeCluster once = cluster(gtids, false, UnreadableTail.CONTINUE, FailoverWishes.DEFAULT);
            assertThat(once.runFailover()).isInstanceOf(Next.Finished.class);
            List<Outcome> all = once.facts().progress().outcomes();
            FailoverFacts patient = cluster(gtids, false, UnreadableTail.RETRY, FailoverWishes.DEFAULT)
                    .facts();
            List<Class<?>> kinds =
                    steps(once).stream().<Class<?>>map(Object::getClass).toList();
            int detached = kinds.indexOf(Step.Detach.class);
            assertThat(PLANNER.next(patient.with(new Progress(all.subList(0, detached)))))
                    .extracting(next -> ((Next.Run) next).steps())
                    .isEqualTo(List.of(SAVE));
            for (int done = detached + 1; done <= all.size(); done++) {
                Progress progress = new Progress(all.subList(0, done));
                assertThat(PLANNER.next(patient.with(progress)))
                        .isEqualTo(PLANNER.next(once.facts().with(progress)));
            }
        }
    }
}
