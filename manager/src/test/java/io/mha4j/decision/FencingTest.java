package io.mha4j.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.ServerId;
import io.mha4j.decision.StepResult.Fence;
import io.mha4j.decision.StepResult.Fenced;
import io.mha4j.decision.World.Replica;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When the old source is stopped, and what follows from how well that went. */
final class FencingTest {
    private static final ServerId OLD = World.id(0);
    private static final Step FENCE = new Step.Fence(OLD);
    private static final Step AWAIT = new Step.AwaitFence(OLD);
    private static final Step LOOK = new Step.LookAtSource(OLD, World.id(2));
    private static final Fenced UNTOLD =
            new Fenced(Fence.UNKNOWN, false, false, "process 9 may be it, which cannot be told");
    private static final Fenced RUNS = new Fenced(Fence.REFUSED, true, false, "process 7 does not end");

    /** Of an odd number of transactions: nothing would start its source again (FakeCluster). */
    private static FakeCluster alone(boolean required) {
        return cluster(9, required);
    }

    private static FakeCluster supervised() {
        return cluster(8, false);
    }

    private static FakeCluster cluster(int written, boolean required) {
        return FakeCluster.of(new World(
                false,
                written,
                List.of(Replica.at(6), Replica.at(7)),
                FailoverWishes.DEFAULT,
                new World.Log(true, 0, 0, required)));
    }

    private static List<Step> steps(FakeCluster cluster) {
        return cluster.facts().progress().outcomes().stream().map(Outcome::step).toList();
    }

    @Test
    void the_log_is_read_when_the_process_is_gone() {
        FakeCluster cluster = alone(false);
        assertThat(cluster.runFailover()).isInstanceOf(Next.Finished.class);
        assertThat(steps(cluster))
                .containsSubsequence(
                        new Step.WithdrawAddress(OLD, true),
                        FENCE,
                        new Step.SaveTail(OLD, World.sourcePosition(6)),
                        new Step.ShutDown(OLD, true));
    }

    @Test
    void what_it_wrote_between_the_reading_of_its_log_and_its_end_is_read_too() {
        Step first = new Step.SaveTail(OLD, World.sourcePosition(6));
        Step rest = new Step.SaveTail(OLD, World.sourcePosition(8), Optional.of("tail from 6"));
        Step off = new Step.ShutDown(OLD, true);
        for (int answer : List.of(0, 10)) {
            FakeCluster killed = alone(false)
                    .answering(FENCE, UNTOLD)
                    .answering(first, upToEight(StepResult.Writer.ALIVE))
                    .answering(off, new StepResult.HookAnswer(answer));
            assertThat(killed.runFailover()).isInstanceOf(Next.Finished.class);
            assertThat(steps(killed))
                    .containsSubsequence(
                            first,
                            off,
                            rest,
                            new Step.Level(World.id(2), "tail from 6", World.sourcePosition(9)),
                            new Step.Detach(World.id(2), false));
        }
        FakeCluster gone = alone(false)
                .answering(first, upToEight(StepResult.Writer.UNKNOWN))
                .answering(off, new StepResult.HookAnswer(10));
        gone.runFailover();
        assertThat(steps(gone)).contains(off).doesNotContain(rest);

        FakeCluster noScript =
                alone(false).answering(FENCE, UNTOLD).answering(first, upToEight(StepResult.Writer.ALIVE));
        noScript.runFailover();
        assertThat(steps(noScript)).contains(off).doesNotContain(rest);

        FakeCluster watched = alone(false).answering(FENCE, RUNS).answering(first, upToEight(StepResult.Writer.ALIVE));
        watched.runFailover();
        assertThat(steps(watched)).containsSubsequence(first, AWAIT, rest, off);
    }

    private static StepResult upToEight(StepResult.Writer writer) {
        return new StepResult.Saved(
                "tail from 6",
                World.sourcePosition(6),
                World.sourcePosition(8),
                World.sourcePosition(8),
                200,
                2,
                Optional.empty(),
                Optional.empty(),
                false,
                writer,
                StepResult.Restart.NO);
    }

    @Test
    void clients_wait_for_what_may_come_back_only_where_something_would_bring_it_back() {
        FakeCluster alone = alone(false);
        alone.runFailover();
        assertThat(steps(alone))
                .containsSubsequence(new Step.MakeWritable(World.id(2)), AWAIT, new Step.ApplyRelayLog(World.id(1)));

        FakeCluster supervised = supervised();
        supervised.runFailover();
        assertThat(steps(supervised))
                .containsSubsequence(AWAIT, new Step.MakeWritable(World.id(2)))
                .last()
                .isNotEqualTo(AWAIT);
    }

    @Test
    void one_that_is_not_proven_to_be_stopped_is_asked_once_more_before_another_one_is_opened() {
        FakeCluster untold = alone(false).answering(FENCE, UNTOLD);
        assertThat(untold.runFailover()).isInstanceOf(Next.Finished.class);
        assertThat(steps(untold)).containsSubsequence(LOOK, new Step.Detach(World.id(2), false));

        FakeCluster proven = alone(false);
        proven.runFailover();
        assertThat(steps(proven)).doesNotContain(LOOK);
    }

    @Test
    void nobody_is_opened_beside_one_that_answers_again() {
        FakeCluster cluster = alone(false).answering(FENCE, UNTOLD).failingAt(Set.of(LOOK));
        assertThat(cluster.runFailover()).isEqualTo(new Next.Stuck("made to fail"));
        assertThat(steps(cluster)).doesNotContain(new Step.Detach(World.id(2), false));
        assertThat(cluster.mostWritable()).isZero();
    }

    @Test
    void what_is_seen_of_it_when_clients_write_elsewhere_asks_it_no_more() {
        FakeCluster cluster = alone(false).answering(AWAIT, UNTOLD);
        assertThat(cluster.runFailover()).isInstanceOf(Next.Finished.class);
        assertThat(steps(cluster)).contains(AWAIT).doesNotContain(LOOK);
    }

    @Test
    void clients_wait_for_it_where_the_operator_wants_proof() {
        FakeCluster cluster = alone(true);
        assertThat(cluster.runFailover()).isInstanceOf(Next.Finished.class);
        assertThat(steps(cluster)).containsSubsequence(AWAIT, new Step.MakeWritable(World.id(2)));
    }

    @Test
    void without_the_proof_that_the_operator_wants_nobody_is_opened() {
        FakeCluster cluster = alone(true).answering(FENCE, RUNS).answering(AWAIT, RUNS);
        Next end = cluster.runFailover();
        assertThat(((Next.Stuck) end).why())
                .contains("require_fence=1", "it is not fenced: process 7 does not end", "require_fence=0");
        assertThat(cluster.mostWritable()).isZero();
    }

    @Test
    void power_off_by_the_operators_script_is_proof() {
        FakeCluster cluster = alone(true)
                .answering(FENCE, RUNS)
                .answering(AWAIT, RUNS)
                .answering(new Step.ShutDown(OLD, true), new StepResult.HookAnswer(0));
        assertThat(cluster.runFailover()).isInstanceOf(Next.Finished.class);
        assertThat(cluster.summary().fence().how()).isEqualTo("shutdown_script switched it off");
    }

    @Test
    void a_failover_that_can_never_have_the_proof_is_refused_before_anything_is_changed() {
        World world =
                new World(true, 9, List.of(Replica.at(9)), FailoverWishes.DEFAULT, new World.Log(false, 0, 0, true));
        FakeCluster cluster = FakeCluster.of(world);
        Next end = cluster.runFailover();
        assertThat(((Next.Refused) end).why().sentence()).contains("require_fence=1", "SSH to its host");
        assertThat(steps(cluster)).isEmpty();
    }

    @Test
    void one_that_cannot_be_fenced_is_failed_over_all_the_same_and_the_verdict_says_so() {
        FakeCluster cluster = alone(false).answering(FENCE, UNTOLD).answering(AWAIT, UNTOLD);
        assertThat(cluster.runFailover()).isInstanceOf(Next.Finished.class);
        assertThat(cluster.summary().fence().state()).isEqualTo(Fence.UNKNOWN);
        assertThat(cluster.summary().verdict().sentence())
                .startsWith("none, proven")
                .endsWith("whether it is fenced is unknown: process 9 may be it, which cannot be told");
    }

    @Test
    void one_that_may_be_started_again_is_not_fenced_and_nothing_is_proven_about_losses() {
        Fenced left = new Fenced(Fence.GONE, true, false, "db.service may start it again: its process 8 was killed");
        FakeCluster cluster = alone(false).answering(FENCE, left).answering(AWAIT, left);
        assertThat(cluster.runFailover()).isInstanceOf(Next.Finished.class);
        assertThat(cluster.summary().fence().proven()).isFalse();
        assertThat(cluster.summary().verdict().sentence())
                .startsWith("unknown: ")
                .endsWith("whether it is fenced is unknown: db.service may start it again: its process 8 was killed");
    }

    @Test
    void nothing_is_proven_about_losses_where_its_host_was_lost_before_it_was_seen_to_stay_away() {
        Fenced nothing = new Fenced(Fence.PROVEN, false, false, "no process of it runs");
        FakeCluster cluster = alone(false).answering(FENCE, nothing).failingAt(Set.of(AWAIT));
        assertThat(cluster.runFailover()).isInstanceOf(Next.Finished.class);
        assertThat(cluster.summary().verdict().sentence())
                .startsWith("unknown: ")
                .contains("whether its process came back afterwards could not be seen")
                .endsWith("whether it is fenced is unknown: made to fail");
    }

    @Test
    void nothing_is_proven_about_losses_of_one_that_came_back_after_its_log_was_read() {
        Fenced back = new Fenced(Fence.PROVEN, true, true, "it came back once: its process 8 was killed");
        FakeCluster cluster = alone(false).answering(AWAIT, back);
        assertThat(cluster.runFailover()).isInstanceOf(Next.Finished.class);
        assertThat(cluster.summary().verdict().sentence())
                .startsWith("unknown: ")
                .contains("came back afterwards: it may have taken more", "it is fenced: it came back once");
    }

    @Test
    void nor_of_one_that_something_would_have_started_again_unseen() {
        unseenThoughSwitchedOff(supervised().failingAt(Set.of(AWAIT)));
    }

    @Test
    void nor_of_one_that_was_switched_off_while_something_might_have_started_it_again() {
        Fenced left = new Fenced(Fence.GONE, true, false, "db.service may start it again: its process 8 was killed");
        unseenThoughSwitchedOff(alone(false).answering(FENCE, left).answering(AWAIT, left));
    }

    @Test
    void nor_of_one_that_was_switched_off_after_watching_it_had_failed() {
        unseenThoughSwitchedOff(alone(true).failingAt(Set.of(AWAIT)));
    }

    private static void unseenThoughSwitchedOff(FakeCluster world) {
        FakeCluster cluster = world.answering(new Step.ShutDown(OLD, true), new StepResult.HookAnswer(0));
        assertThat(cluster.runFailover()).isInstanceOf(Next.Finished.class);
        assertThat(cluster.summary().verdict().sentence())
                .startsWith("unknown: ")
                .contains("could not be seen", "it is fenced: shutdown_script switched it off");
    }
}
