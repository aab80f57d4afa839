package io.mha4j.monitor.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.monitor.simulation.Disturbance.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/simulation.md: every disturbance has a rule, and the lab cases that rules name exist. */
final class WatchRulesPageTest {
    private static final Path PAGE = Path.of("..", "docs", "simulation.md");
    private static final Path CASES = Path.of("..", "lab", "cases");
    private static final Pattern WORD = Pattern.compile("`([^`]+)`");

    @Test
    void every_disturbance_has_a_rule() throws IOException {
        assertThat(rows().flatMap(cells -> words(cells[1]).stream()))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Kind.values()).map(Kind::name).toList());
    }

    @Test
    void cases_that_show_a_rule_exist() throws IOException {
        assertThat(rows().flatMap(cells -> words(cells[3]).stream()))
                .isNotEmpty()
                .allMatch(name -> Files.exists(CASES.resolve(name).resolve("case.txt")));
    }

    private static Stream<String[]> rows() throws IOException {
        return Files.readString(PAGE)
                .lines()
                .dropWhile(line -> !line.startsWith("| Disturbances |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> line.split("\\|"));
    }

    private static List<String> words(String cell) {
        return WORD.matcher(cell).results().map(r -> r.group(1)).toList();
    }
}
