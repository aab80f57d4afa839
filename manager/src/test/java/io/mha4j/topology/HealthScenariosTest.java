package io.mha4j.topology;

import io.mha4j.scenario.Scenario;
import io.mha4j.scenario.Scenarios;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** What the checks of a start say about a tree; the section {@code check} names the check. */
final class HealthScenariosTest {
    @TestFactory
    Stream<DynamicNode> findings() {
        return Scenarios.tests("health", HealthScenariosTest::answer);
    }

    private static String answer(Scenario scenario) {
        String text = TreeRules.read(scenario.application(), scenario.snapshot(), Prior.NOTHING)
                .match(
                        tree -> answer(scenario, tree),
                        reasons -> reasons.stream().map(TreeRefusal::sentence).collect(Collectors.joining("\n")));
        return scenario.shorten(text);
    }

    private static String answer(Scenario scenario, ManagedTree tree) {
        List<String> lines = new ArrayList<>();
        for (String check : scenario.section("check")) {
            String[] words = check.split(" ", 2);
            switch (words[0]) {
                case "settings" -> lines.addAll(text(HealthRules.settings(tree)));
                case "filters" -> lines.addAll(text(HealthRules.filters(scenario.application(), tree)));
                case "absences" ->
                    lines.addAll(text(HealthRules.absences(
                            scenario.application(), tree, check.endsWith("ignore_fail_on_start"))));
                case "health" ->
                    lines.addAll(text(HealthRules.health(tree, Duration.ofSeconds(Long.parseLong(words[1])))));
                case "drawing" -> lines.addAll(TreeDrawing.of(tree).lines().toList());
                case "listing" -> lines.addAll(TreeDrawing.listing(scenario.application(), tree));
                default -> throw new IllegalArgumentException(scenario.where() + ": no check is called " + check);
            }
        }
        return String.join("\n", lines);
    }

    private static List<String> text(List<Finding> findings) {
        return findings.isEmpty()
                ? List.of("ok")
                : findings.stream()
                        .map(f -> "%-8s%s: %s".formatted(f.grade(), f.server(), f.sentence()))
                        .toList();
    }
}
