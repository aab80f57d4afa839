package io.mha4j.execution.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.decision.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/simulation.md: every kind of step has a rule, and every rule names what shows it: lab cases, else tests, that exist. */
final class RulesPageTest {
    private static final Path PAGE = Path.of("..", "docs", "simulation.md");
    private static final Path CASES = Path.of("..", "lab", "cases");
    private static final Pattern WORD = Pattern.compile("`([^`]+)`");

    /** One row of a table: its steps, and what shows its rule. */
    private record Row(List<String> steps, List<String> shownBy) {}

    @Test
    void every_kind_of_step_has_a_rule() throws IOException {
        Set<String> ruled =
                rows().stream().flatMap(r -> r.steps().stream()).collect(Collectors.toCollection(TreeSet::new));
        assertThat(ruled)
                .containsExactlyInAnyOrderElementsOf(Stream.of(Step.class.getPermittedSubclasses())
                        .map(Class::getSimpleName)
                        .toList());
    }

    @Test
    void every_rule_is_shown_by_a_lab_case() throws IOException {
        assertThat(rows())
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.shownBy()).isNotEmpty().allMatch(RulesPageTest::isCase));
    }

    private static boolean isCase(String name) {
        return Files.exists(CASES.resolve(name).resolve("case.txt"));
    }

    /** Of the table whose last column names cases. */
    private static List<Row> rows() throws IOException {
        return Files.readString(PAGE)
                .lines()
                .dropWhile(line -> !line.endsWith("| Cases |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> line.split("\\|"))
                .map(cells -> new Row(words(cells[1]), words(cells[3])))
                .toList();
    }

    private static List<String> words(String cell) {
        return WORD.matcher(cell).results().map(r -> r.group(1)).toList();
    }
}
