package io.mha4j.topology;

import io.mha4j.base.ServerId;
import io.mha4j.scenario.Scenario;
import io.mha4j.scenario.Scenarios;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The tree, or the refusals, that follow from what a sweep saw. */
final class TopologyScenariosTest {
    @TestFactory
    Stream<DynamicNode> trees() {
        return Scenarios.tests("topology", TopologyScenariosTest::answer);
    }

    private static String answer(Scenario scenario) {
        String text = TreeRules.read(scenario.application(), scenario.snapshot(), prior(scenario))
                .match(TopologyScenariosTest::tree, TopologyScenariosTest::refusals);
        return scenario.shorten(text);
    }

    /** From lines {@code dead a} and {@code seen a}, the latter meaning a sweep in which it answered. */
    private static Prior prior(Scenario scenario) {
        Prior prior = Prior.NOTHING.withNames(scenario.names());
        for (String name : scenario.value("known", "seen").stream().toList()) {
            ServerId id = scenario.id(name);
            ServerState alive = new ServerState.Alive(scenario.truthOf(name));
            SortedMap<ServerId, ServerState> seen = new TreeMap<>(Map.of(id, alive));
            prior = prior.withSeen(new Snapshot(scenario.snapshot().takenAt(), seen));
        }
        Optional<String> dead = scenario.value("known", "dead");
        return dead.isPresent() ? prior.withDeadSource(scenario.id(dead.get())) : prior;
    }

    private static String refusals(List<TreeRefusal> reasons) {
        return reasons.stream()
                .map(r -> "refused   " + r.getClass().getSimpleName() + ": " + r.sentence())
                .collect(Collectors.joining("\n"));
    }

    private static String tree(ManagedTree tree) {
        List<String> lines = new ArrayList<>();
        lines.add("source    %s %s".formatted(tree.source(), tree.sourceAlive() ? "alive" : "dead"));
        tree.sourceFollows().ifPresent(s -> lines.add("          itself a replica of " + s.sourceHost()));
        lines.add("mode      " + tree.mode());
        tree.replicas().forEach(r -> lines.add("replica   " + r.id() + notes(tree, r)));
        tree.failedReplicas()
                .forEach(r -> lines.add("failed    %s, SQL error %d%s"
                        .formatted(r.id(), r.status().applier().errorCode(), notes(tree, r))));
        tree.missing().forEach(m -> lines.add("missing   %s: %s".formatted(m.id(), m.why())));
        tree.lowerTiers()
                .forEach(t ->
                        lines.add("unmanaged %s below %s".formatted(t.replica().id(), t.follows())));
        return String.join("\n", lines);
    }

    private static String notes(ManagedTree tree, Replica replica) {
        ServerId source = tree.source();
        return (replica.knowsSourceByAddress() ? ", knows the source by " + replica.nameFor(source) : "")
                + (tree.newerThanAnother(replica) ? ", newer than another" : "");
    }
}
