package io.mha4j.decision.online;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.scenario.Scenario;
import io.mha4j.topology.Prior;
import io.mha4j.topology.TreeRules;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class OnlinePlanTest {
    private final Scenario scenario = Scenario.of(
            "servers  repl_password=x",
            "  a  source   semisync=source",
            "  b  replica  semisync=replica",
            "  c  replica  semisync=replica");
    private final OnlineStep acknowledged = new OnlineStep.SemiSyncSource(scenario.id("b"), true);
    private final OnlineStep moves = new OnlineStep.Repoint(scenario.id("c"), scenario.id("b"));
    private final OnlineStep comesHome = new OnlineStep.Rejoin(scenario.id("a"), scenario.id("b"));

    private OnlinePlan plan() {
        return plan(scenario);
    }

    private static OnlinePlan plan(Scenario scenario) {
        return plan(scenario, new OnlineWishes(Optional.empty(), true, true, true, false, OnlineWishes.Limits.DEFAULT));
    }

    private static OnlinePlan plan(Scenario scenario, OnlineWishes wishes) {
        return TreeRules.read(scenario.application(), scenario.snapshot(), Prior.NOTHING)
                .match(
                        tree -> OnlinePlan.of(new OnlineFacts(scenario.application(), tree, wishes), scenario.id("b")),
                        reasons -> {
                            throw new AssertionError(reasons);
                        });
    }

    @Test
    void semi_sync_stays_off_when_everybody_who_would_acknowledge_could_not_be_moved() {
        assertThat(plan().finishing()).contains(acknowledged);
        assertThat(plan().stopsCommits(acknowledged, List.of(moves, comesHome))).isTrue();
    }

    @Test
    void it_stays_off_where_fewer_acknowledge_than_the_new_source_waits_for() {
        Scenario three = Scenario.of(
                "servers  repl_password=x",
                "  a  source   semisync=source",
                "  b  replica  semisync=replica  acknowledgements=3",
                "  c  replica  semisync=replica",
                "  d  replica");
        assertThat(plan(three).lacksAcknowledgement(List.of())).isTrue();
        assertThat(plan(three).finishing()).doesNotContain(acknowledged);
        Scenario two = Scenario.of(
                "servers  repl_password=x",
                "  a  source   semisync=source",
                "  b  replica  semisync=replica  acknowledgements=2",
                "  c  replica  semisync=replica");
        assertThat(plan(two).finishing()).contains(acknowledged);
        assertThat(plan(two).stopsCommits(acknowledged, List.of())).isFalse();
        assertThat(plan(two).stopsCommits(acknowledged, List.of(moves))).isTrue();
    }

    @Test
    void a_thread_of_the_old_source_that_was_stopped_on_purpose_stays_so() {
        Scenario pair = Scenario.of(
                "servers  repl_password=x", "  a  source  of=b  sql=no", "  b  replica  read_only=1", "  c  replica");
        OnlineStep stop = new OnlineStep.StopReplication(pair.id("a"), new OnlineStep.Threads(true, false));
        OnlinePlan plan = plan(pair, OnlineWishes.DEFAULT);
        assertThat(plan.blocking()).contains(stop);
        assertThat(OnlineUndo.of(List.of(stop)))
                .containsExactly(
                        new OnlineStep.StartReplication(pair.id("a"), new OnlineStep.Threads(true, false), false));
        assertThat(plan.steps())
                .contains(new OnlineStep.StartReplication(pair.id("a"), new OnlineStep.Threads(true, false), true));
    }

    @Test
    void one_that_acknowledges_is_enough() {
        OnlineStep told = new OnlineStep.SetCheckpointPeriod(scenario.id("c"), 300, 1);
        assertThat(plan().stopsCommits(acknowledged, List.of(moves))).isFalse();
        assertThat(plan().stopsCommits(acknowledged, List.of(comesHome, told))).isFalse();
        assertThat(plan().stopsCommits(moves, List.of(moves, comesHome))).isFalse();
    }
}
