package io.mha4j.decision.online;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.ServerId;
import io.mha4j.scenario.Scenario;
import io.mha4j.topology.ManagedTree;
import io.mha4j.topology.Prior;
import io.mha4j.topology.TreeRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cut behind or within any step up to the opening, a switch that is undone leaves everything as it was. */
final class OnlineUndoTest {
    private final Scenario scenario = with("master_ip_online_change_script=/bin/move");
    private final Scenario virtual = with("vip=10.0.0.9/24");
    private final ServerId old = scenario.id("a");
    private final ServerId next = scenario.id("b");

    private static Scenario with(String address) {
        return Scenario.of(
                "servers  " + address,
                "  a  source   event_scheduler=ON",
                "  b  replica  read_only=1  workers=4  checkpoint=300  semisync=source",
                "  c  replica  read_only=1  workers=2  checkpoint=500");
    }

    private List<OnlineStep> steps() {
        return steps(scenario, OnlineWishes.DEFAULT);
    }

    private static OnlineFacts facts(Scenario scenario, OnlineWishes wishes) {
        ManagedTree tree = TreeRules.read(scenario.application(), scenario.snapshot(), Prior.NOTHING)
                .match(t -> t, reasons -> {
                    throw new AssertionError(reasons);
                });
        return new OnlineFacts(scenario.application(), tree, wishes);
    }

    private static List<OnlineStep> steps(Scenario scenario, OnlineWishes wishes) {
        OnlinePlan plan = OnlinePlan.of(facts(scenario, wishes), scenario.id("b"));
        List<OnlineStep> steps = new ArrayList<>(plan.preparation());
        steps.addAll(plan.blocking());
        return steps;
    }

    @Test
    void a_new_source_that_took_writes_as_a_replica_is_named_and_not_opened() {
        Scenario open = Scenario.of("servers", "  a  source", "  b  replica  read_only=0");
        OnlineFacts facts = facts(open, OnlineWishes.DEFAULT);
        List<OnlineStep> steps = steps(open, OnlineWishes.DEFAULT);
        assertThat(OnlineUndo.left(steps, facts)).contains(new OnlineStep.AllowWrites(next));
        assertThat(OnlineUndo.left(steps.subList(0, steps.size() - 1), facts)).isEmpty();
        assertThat(OnlineUndo.left(steps(), facts(scenario, OnlineWishes.DEFAULT)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true,true", "true,false", "false,true", "false,false"})
    void every_beginning_of_the_plan_can_be_undone(boolean scriptOpens, boolean failedHalfway) {
        undone(steps(), scriptOpens, failedHalfway);
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void every_beginning_can_be_undone_where_the_manager_moves_the_address(boolean failedHalfway) {
        List<OnlineStep> steps = steps(virtual, OnlineWishes.DEFAULT);
        assertThat(steps).endsWith(new OnlineStep.MoveAddress(next, old), new OnlineStep.AllowWrites(next));
        undone(steps, false, failedHalfway);
    }

    @Test
    void without_read_lock_clients_are_cut_off_before_the_old_source_is_closed() {
        OnlineWishes unlocked =
                new OnlineWishes(Optional.empty(), false, false, true, false, OnlineWishes.Limits.DEFAULT);
        assertThat(steps(virtual, unlocked))
                .containsSubsequence(
                        new OnlineStep.WithdrawAddress(old, next),
                        new OnlineStep.BlockWrites(old, false),
                        new OnlineStep.AssignAddress(next, old),
                        new OnlineStep.AllowWrites(next));
    }

    private void undone(List<OnlineStep> steps, boolean scriptOpens, boolean failedHalfway) {
        assertThat(steps).last().isEqualTo(new OnlineStep.AllowWrites(next));
        for (int cut = 0; cut <= steps.size(); cut++) {
            FakeSwitch world = new FakeSwitch(old, next, true, scriptOpens)
                    .parallel(next, 300)
                    .parallel(scenario.id("c"), 500);
            FakeSwitch.State before = world.state();
            List<OnlineStep> begun = steps.subList(0, cut);
            for (int i = 0; i < cut; i++) {
                if (i < cut - 1 || failedHalfway) {
                    begun.get(i).match(world);
                }
            }
            OnlineUndo.of(begun).forEach(step -> step.match(world));
            assertThat(world.state()).as("undone after " + begun).isEqualTo(before);
            assertThat(world.mostWritable()).as("writable after " + begun).isLessThanOrEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void never_are_two_servers_writable_on_the_way(boolean scriptOpens) {
        FakeSwitch world = new FakeSwitch(old, next, false, scriptOpens);
        steps().forEach(step -> step.match(world));
        assertThat(world.mostWritable()).isEqualTo(1);
        assertThat(world.state().address()).contains(next);
    }

    @Test
    void what_concerns_replicas_alone_is_put_back_when_clients_can_write_again() {
        OnlineStep block = new OnlineStep.BlockWrites(old, false);
        OnlineStep often = new OnlineStep.SetCheckpointPeriod(next, 1, 300);
        assertThat(OnlineUndo.of(List.of(block, often)))
                .containsExactly(new OnlineStep.AllowWrites(old), new OnlineStep.SetCheckpointPeriod(next, 300, 1));
    }

    /** A new source that died before it was opened would leave the switch unfinished, and the old one without a manager. */
    @Test
    void nothing_that_clients_need_waits_for_the_new_source_before_it_may_have_been_opened() {
        List<OnlineStep> beforeOpening = steps().stream()
                .takeWhile(step -> !(step instanceof OnlineStep.AssignAddress))
                .toList();
        assertThat(OnlineUndo.of(beforeOpening))
                .filteredOn(undo -> !OnlineUndo.concernsReplicasOnly(undo))
                .extracting(OnlineStep::server)
                .containsOnly(old);
    }

    @Test
    void a_source_that_was_read_only_stays_so() {
        assertThat(OnlineUndo.of(List.of(new OnlineStep.BlockWrites(old, true))))
                .containsExactly(new OnlineStep.AllowSuper(old));
    }

    @Test
    void what_may_have_been_opened_is_closed_before_anything_else() {
        List<OnlineStep> undo = OnlineUndo.of(steps());
        assertThat(undo).first().isEqualTo(new OnlineStep.CloseAgain(next));
    }
}
