package io.mha4j.decision.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Holds docs/checks.md to the kinds of findings there are. */
final class CheckPageTest {
    private static final Path PAGE = Path.of("..", "docs", "checks.md");

    @Test
    void every_kind_of_finding_has_a_row_with_its_grade_and_meaning() throws IOException {
        List<String> rows = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();
        List<String> expected = Arrays.stream(Check.values())
                .map(check -> "| `%s` | %s | %s | %s |"
                        .formatted(
                                check.label(),
                                check.grade().words(),
                                check.failsTheCheck() ? "1" : "0",
                                check.meaning()))
                .toList();
        assertThat(rows).extracting(CheckPageTest::fourCells).containsExactlyElementsOf(expected);
        assertThat(rows).allSatisfy(row -> assertThat(row.split("\\|", -1)).hasSize(7));
    }

    private static String fourCells(String row) {
        String[] cells = row.split("\\|", -1);
        return String.join("|", Arrays.copyOf(cells, 5)) + "|";
    }
}
