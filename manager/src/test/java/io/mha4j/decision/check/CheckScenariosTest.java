package io.mha4j.decision.check;

import io.mha4j.scenario.Scenario;
import io.mha4j.scenario.Scenarios;
import io.mha4j.topology.ManagedTree;
import io.mha4j.topology.Prior;
import io.mha4j.topology.TreeReading;
import io.mha4j.topology.TreeRules;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** From facts of servers, hosts and manager to findings. */
final class CheckScenariosTest {
    @TestFactory
    Stream<DynamicNode> findings() {
        return Scenarios.tests("check", CheckScenariosTest::answer);
    }

    private static String answer(Scenario scenario) {
        TreeReading reading = TreeRules.read(scenario.application(), scenario.snapshot(), Prior.NOTHING);
        List<CheckFinding> findings = reading.match(
                tree -> CheckRules.findings(facts(scenario, tree)),
                reasons -> reasons.stream().map(CheckFinding::of).toList());
        boolean healthy = findings.stream().noneMatch(f -> f.check().failsTheCheck());
        String text = findings.stream()
                .map(f -> "%-15s %s: %s%n                > %s"
                        .formatted(f.grade().words(), f.check().label(), f.cause(), f.cure()))
                .collect(Collectors.joining("\n"));
        return scenario.shorten((healthy ? "healthy\n" : "not healthy\n") + text);
    }

    private static CheckFacts facts(Scenario scenario, ManagedTree tree) {
        boolean ignore = scenario.value("wishes", "ignore_fail_on_start").isPresent();
        return new CheckFacts(
                scenario.application(),
                tree,
                DetailsWords.servers(scenario),
                DetailsWords.hosts(scenario),
                DetailsWords.manager(scenario),
                new CheckFacts.Wishes(true, Duration.ofSeconds(30), ignore, between(scenario)),
                scenario.names());
    }

    private static Optional<Duration> between(Scenario scenario) {
        return scenario.value("wishes", "last_failover_minute")
                .map(minutes -> Duration.ofMinutes(Long.parseLong(minutes)))
                .or(() -> CheckFacts.Wishes.BETWEEN_FAILOVERS);
    }
}
