package io.mha4j.decision.online;

import io.mha4j.base.ServerId;
import io.mha4j.decision.Ballot;
import io.mha4j.decision.FailoverWishes.HostPort;
import io.mha4j.scenario.Scenario;
import io.mha4j.scenario.Scenarios;
import io.mha4j.topology.ManagedTree;
import io.mha4j.topology.Prior;
import io.mha4j.topology.TreeReading;
import io.mha4j.topology.TreeRefusal;
import io.mha4j.topology.TreeRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** From facts to what speaks against a switch, who is elected, and every step. */
final class OnlineScenariosTest {
    @TestFactory
    Stream<DynamicNode> switches() {
        return Scenarios.tests("online", OnlineScenariosTest::answer);
    }

    private static String answer(Scenario scenario) {
        TreeReading reading = TreeRules.read(scenario.application(), scenario.snapshot(), Prior.NOTHING);
        return scenario.shorten(reading.match(
                tree -> answer(scenario, tree),
                reasons -> "no tree  "
                        + reasons.stream().map(TreeRefusal::sentence).collect(Collectors.joining("; "))));
    }

    private static String answer(Scenario scenario, ManagedTree tree) {
        OnlineFacts facts = new OnlineFacts(scenario.application(), tree, wishes(scenario));
        OnlineChecks checks = new OnlineChecks(facts);
        Ballot ballot = OnlineElection.ballot(facts);
        List<String> lines = new ArrayList<>();
        List<Objection> objections = new ArrayList<>(checks.replication());
        ballot.cards().stream()
                .filter(c -> !c.eligible())
                .forEach(c -> lines.add("not      " + c.server() + ": " + c.objections()));
        checks.election(ballot).ifPresent(objections::add);
        ballot.winner().ifPresent(w -> objections.addAll(checks.rejoining(w, Optional.empty())));
        objections.forEach(o -> lines.add("no       " + o.sentence()));
        if (objections.isEmpty()) {
            ServerId winner = ballot.winner().orElseThrow();
            lines.add("winner   " + winner + ": " + ballot.reason());
            plan(OnlinePlan.of(facts, winner), lines);
        }
        return String.join("\n", lines);
    }

    private static void plan(OnlinePlan plan, List<String> lines) {
        lines.add("prepare  " + words(plan.preparation()));
        lines.add("block    " + words(plan.blocking()));
        plan.following().forEach(chain -> lines.add("follow   " + words(chain)));
        if (plan.lacksAcknowledgement(List.of())) {
            lines.add("nobody acknowledges");
        }
        lines.add("finish   " + words(plan.finishing()));
    }

    private static String words(List<OnlineStep> steps) {
        return steps.stream()
                .map(s -> s.getClass().getSimpleName() + " " + s.server())
                .collect(Collectors.joining(", "));
    }

    private static OnlineWishes wishes(Scenario scenario) {
        OnlineWishes given = new OnlineWishes(
                Optional.empty(),
                scenario.value("asked", "rejoin").isPresent(),
                scenario.value("asked", "no_lock").isEmpty(),
                scenario.value("asked", "no_repoint").isEmpty(),
                scenario.value("asked", "flush").isPresent(),
                OnlineWishes.Limits.DEFAULT);
        return scenario.value("asked", "to")
                .map(scenario::id)
                .map(id -> given.forcing(new HostPort(id.host(), id.port())))
                .orElse(given);
    }
}
