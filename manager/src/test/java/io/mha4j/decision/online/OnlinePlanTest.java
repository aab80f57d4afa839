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
        OnlineWishes rejoining =
                new OnlineWishes(Optional.empty(), true, true, true, false, OnlineWishes.Limits.DEFAULT);
        return TreeRules.read(scenario.application(), scenario.snapshot(), Prior.NOTHING)
                .match(
                        tree -> OnlinePlan.of(
                                new OnlineFacts(scenario.application(), tree, rejoining), scenario.id("b")),
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
    void one_that_acknowledges_is_enough() {
        OnlineStep told = new OnlineStep.SetCheckpointPeriod(scenario.id("c"), 300, 1);
        assertThat(plan().stopsCommits(acknowledged, List.of(moves))).isFalse();
        assertThat(plan().stopsCommits(acknowledged, List.of(comesHome, told))).isFalse();
        assertThat(plan().stopsCommits(moves, List.of(moves, comesHome))).isFalse();
    }
}
