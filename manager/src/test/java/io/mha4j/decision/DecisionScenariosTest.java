package io.mha4j.decision;

import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.decision.rehearsal.Rehearsal;
import io.mha4j.scenario.Scenario;
import io.mha4j.scenario.Scenarios;
import io.mha4j.topology.ManagedTree;
import io.mha4j.topology.Prior;
import io.mha4j.topology.ServerFacts;
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

/** From facts to the election, the plan and the end, when every step does what it should. */
final class DecisionScenariosTest {
    private static final FailoverPlanner PLANNER = new FailoverPlanner();
    private static final BinlogPosition NOWHERE = new BinlogPosition("none.000001", 4);

    @TestFactory
    Stream<DynamicNode> failovers() {
        return Scenarios.tests("decision", DecisionScenariosTest::answer);
    }

    private static String answer(Scenario scenario) {
        Prior prior = scenario.value("known", "dead")
                .map(name -> Prior.NOTHING.withDeadSource(scenario.id(name)))
                .orElse(Prior.NOTHING);
        TreeReading reading = TreeRules.read(scenario.application(), scenario.snapshot(), prior);
        String text = reading.match(tree -> failover(scenario, tree), DecisionScenariosTest::refusals);
        return scenario.shorten(text);
    }

    private static String refusals(List<TreeRefusal> reasons) {
        return "no tree   " + reasons.stream().map(TreeRefusal::sentence).collect(Collectors.joining("; "));
    }

    private static String failover(Scenario scenario, ManagedTree tree) {
        Optional<ServerFacts> last = scenario.value("known", "seen")
                .flatMap(name -> Optional.ofNullable(scenario.truth().get(scenario.id(name))));
        FailoverFacts facts = new FailoverFacts(
                scenario.application(),
                tree,
                last,
                Optional.empty(),
                tail(scenario).isPresent(),
                wishes(scenario),
                Progress.NONE);
        List<String> lines = new ArrayList<>();
        lines.add("diagnosis %s is %s; %d of %d replicas can take part"
                .formatted(
                        tree.source(),
                        tree.sourceAlive() ? "alive" : "dead",
                        tree.replicas().size(),
                        tree.allReplicas().size() + tree.missing().size()));
        PLANNER.ballot(facts).cards().stream()
                .filter(c -> !c.eligible())
                .forEach(c -> lines.add("not       " + c.server() + ": " + c.objections()));
        List<ServerId> order = PLANNER.ballot(facts).order();
        if (!order.equals(order.stream().sorted().toList())) {
            lines.add("tried     " + order.stream().map(ServerId::toString).collect(Collectors.joining(", then ")));
        }
        run(facts, tail(scenario).orElse(NOWHERE), lines);
        ResumedScenario.check(facts, tail(scenario).orElse(NOWHERE));
        return String.join("\n", lines);
    }

    /** Where the old source's binary log ends, if its host can be reached over SSH. */
    private static Optional<BinlogPosition> tail(Scenario scenario) {
        return scenario.value("known", "log_end").map(text -> {
            String[] parts = text.split(":", 2);
            return new BinlogPosition(parts[0], Long.parseLong(parts[1]));
        });
    }

    private static FailoverWishes wishes(Scenario scenario) {
        Optional<FailoverWishes.HostPort> wanted =
                scenario.value("wishes", "new_master_host").map(h -> new FailoverWishes.HostPort(h, 3306));
        boolean repoint = scenario.value("wishes", "skip_change_master").isEmpty();
        return new FailoverWishes(wanted, repoint, true, true, true);
    }

    private static void run(FailoverFacts begin, BinlogPosition tail, List<String> lines) {
        FailoverFacts facts = begin;
        Next next = PLANNER.next(facts);
        while (next instanceof Next.Run group) {
            String steps =
                    group.steps().stream().map(DecisionScenariosTest::word).collect(Collectors.joining(", "));
            lines.add("step      " + steps);
            Progress more =
                    facts.progress().plus(Rehearsal.of(facts, save -> tail).run(group));
            facts = facts.with(more);
            next = PLANNER.next(facts);
        }
        if (next instanceof Next.Refused refused) {
            lines.add("refused   " + refused.why().sentence());
        } else if (next instanceof Next.Stuck stuck) {
            lines.add("stuck     " + stuck.why());
        } else {
            end(facts, lines);
        }
    }

    private static void end(FailoverFacts facts, List<String> lines) {
        FailoverSummary summary = FailoverSummary.of(facts, PLANNER);
        lines.add("promoted  " + summary.newSource() + ": "
                + PLANNER.ballot(facts).reason());
        summary.leftBehind().forEach((server, why) -> lines.add("left      " + server + ": " + why));
        summary.unfit().forEach(server -> lines.add("unfit     " + server));
        lines.add("verdict   " + (summary.complete() ? "complete, losses " : "partial, losses ")
                + summary.verdict().sentence());
    }

    private static String word(Step step) {
        String name = step.getClass().getSimpleName();
        if (step instanceof Step.CatchUp catchUp) {
            return name + " " + step.server() + " from " + catchUp.from() + " up to " + catchUp.upTo();
        }
        if (step instanceof Step.Repoint repoint) {
            return name + " " + step.server() + " to " + repoint.sourceName() + start(repoint.start());
        }
        if (step instanceof Step.SaveTail save) {
            return name + " " + save.server() + " from " + save.from();
        }
        if (step instanceof Step.SaveRelayLog save) {
            return name + " " + save.server() + " from " + save.from();
        }
        if (step instanceof Step.Level level) {
            return name + " " + level.server() + " by " + level.archive() + " up to " + level.upTo();
        }
        if (step instanceof Step.Detach detach && detach.keepSettings()) {
            return name + " " + detach.server() + " keeping its settings";
        }
        ServerId server = step.server();
        return name + " " + server;
    }

    private static String start(Step.Start start) {
        return start instanceof Step.Start.At at ? " at " + at.position() : " by GTID";
    }
}
