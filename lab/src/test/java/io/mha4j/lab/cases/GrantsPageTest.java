package io.mha4j.lab.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GrantsPageTest {
    private static final Path TOP = Path.of("..");
    private static final Pattern SQL = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL);

    @Test
    void what_the_page_says_is_what_the_case_uses() throws IOException {
        String page = Files.readString(TOP.resolve("docs/grants.md"));
        List<String> used = Files.readString(TOP.resolve("lab/cases/grants/case.txt"))
                .lines()
                .filter(line -> line.contains("sql source"))
                .map(line -> line.replaceFirst(".*sql source ", ""))
                .toList();
        List<String> said = SQL.matcher(page)
                .results()
                .map(block -> block.group(1).lines().collect(Collectors.joining(" ;; ")))
                .toList();
        assertThat(said).hasSize(5);
        assertThat(said.stream().map(GrantsPageTest::asInTheCase))
                .allSatisfy(statements -> assertThat(used).contains(statements));
        assertThat(used.stream().distinct()).hasSameSizeAs(said);
    }

    private static String asInTheCase(String statements) {
        Matcher manager = Pattern.compile("'<password>'(.*'repl')?").matcher(statements);
        String password = manager.find() && manager.group(1) != null ? "'replpass'" : "'Gr4nts'";
        return statements
                .replace("'<password>'", password)
                .replace("<manager>", "%")
                .replace("<replicas>", "127.%")
                .replaceAll(";( ;;|$)", "$1");
    }
}
