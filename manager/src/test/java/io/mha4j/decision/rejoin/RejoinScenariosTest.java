package io.mha4j.decision.rejoin;

import io.mha4j.binlog.BinlogPosition;
import io.mha4j.decision.Step;
import io.mha4j.scenario.Scenario;
import io.mha4j.scenario.Scenarios;
import io.mha4j.topology.ReplicaStatus.Filters;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Whom a returned master, always the first server, may follow, and what is compared before that. */
final class RejoinScenariosTest {
    @TestFactory
    Stream<DynamicNode> returns() {
        return Scenarios.tests("rejoin", RejoinScenariosTest::answer);
    }

    private static String answer(Scenario scenario) {
        RejoinPlan plan = RejoinPlanner.plan(
                scenario.id(scenario.value("known", "returned").orElseThrow()), scenario.snapshot(), parting(scenario));
        return scenario.shorten(words(plan));
    }

    private static Optional<Parting> parting(Scenario scenario) {
        return scenario.value("known", "successor")
                .map(name -> new Parting(
                        scenario.id(name),
                        scenario.value("known", "by_gtid").isPresent(),
                        position(scenario, "held_up_to"),
                        position(scenario, "opened_at")));
    }

    private static Optional<BinlogPosition> position(Scenario scenario, String word) {
        return scenario.value("known", word).map(text -> {
            String[] parts = text.split(":", 2);
            return new BinlogPosition(parts[0], Long.parseLong(parts[1]));
        });
    }

    private static String words(RejoinPlan plan) {
        if (plan instanceof RejoinPlan.Refused refused) {
            return "refused   " + refused.why();
        }
        if (plan instanceof RejoinPlan.Follows follows) {
            return "follows   " + follows.source() + (follows.running() ? "" : ", stopped")
                    + follows.unproven().map(c -> "\nunproven\n" + words(c)).orElse("");
        }
        return words((RejoinPlan.Compare) plan);
    }

    private static String words(RejoinPlan.Compare compare) {
        String how = compare.byGtid()
                ? "GTID sets"
                : "binary log behind " + compare.heldUpTo().orElseThrow();
        String start = compare.start() instanceof Step.Start.At at ? "at " + at.position() : "by GTID";
        String filters = compare.filters()
                .filter(f -> !f.equals(Filters.NONE))
                .map(f -> "\nfilters   " + f)
                .orElse("");
        return "compare   " + how + "\nfollow    " + compare.source() + " as " + compare.sourceName() + " " + start
                + filters;
    }
}
