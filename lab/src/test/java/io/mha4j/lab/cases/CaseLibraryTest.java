package io.mha4j.lab.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.lab.script.CaseFile;
import io.mha4j.lab.script.CaseReader;
import io.mha4j.lab.server.BinlogFormat;
import io.mha4j.lab.server.ServerKind;
import io.mha4j.lab.tree.TreeSpec;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CaseLibraryTest {
    private static final List<String> KINDS =
            Arrays.stream(ServerKind.values()).map(ServerKind::label).toList();

    @Test
    void every_case_of_this_source_tree_can_be_read_and_has_a_tree() {
        List<CaseFile> cases = new CaseLibrary(Path.of("cases")).matching("*");
        assertThat(cases).extracting(CaseFile::name).contains("kill9_failover", "lab_selftest");
        for (CaseFile file : cases) {
            List<CaseRun> runs = CaseRun.of(file, kind -> true);
            assertThat(runs).as(file.name()).isNotEmpty();
            if (!file.head().only().isEmpty()) {
                assertThat(runs)
                        .as(file.name() + ": named runs that can take place")
                        .hasSameSizeAs(file.head().only());
            }
            assertThat(runs).allSatisfy(run -> assertThat(TreeSpecs.of(run).servers())
                    .isEqualTo(file.head().replicas() + 1));
        }
    }

    @Test
    void a_glob_chooses_by_name() {
        CaseLibrary library = new CaseLibrary(Path.of("cases"));
        assertThat(library.matching("kill9*")).extracting(CaseFile::name).containsExactly("kill9_failover");
        assertThat(library.matching("nothing")).isEmpty();
    }

    @Test
    void a_kind_without_gtids_runs_without_them_only() {
        CaseFile file = read("gtid off on\nformats row statement");
        List<CaseRun> runs = CaseRun.of(file, kind -> kind == ServerKind.MYSQL_5_5 || kind == ServerKind.MYSQL_8_0);
        assertThat(runs.stream().map(CaseRun::label))
                .containsExactly(
                        "c-5.5.9-file-row",
                        "c-5.5.9-file-statement",
                        "c-8.0.15-file-row",
                        "c-8.0.15-file-statement",
                        "c-8.0.15-gtid-row",
                        "c-8.0.15-gtid-statement");
    }

    @Test
    void only_the_runs_that_are_named_take_place() {
        CaseFile file = read("runs mariadb-10.11-gtid-row 5.6.24-file-statement 8.0.15-gtid-row");
        assertThat(CaseRun.of(file, kind -> true).stream().map(CaseRun::label))
                .containsExactly("c-5.6.24-file-statement", "c-8.0.15-gtid-row", "c-mariadb-10.11-gtid-row");
    }

    @Test
    void options_go_to_the_servers_they_name() {
        CaseFile file = read(
                "tree replicas=2 shape=tier\nhosts namespaces\noption all a=1\noption replicas b=2\noption source,replica2 c");
        CaseRun run = new CaseRun(file, ServerKind.MARIADB_10_11, true, "mixed");
        assertThat(TreeSpecs.of(run))
                .isEqualTo(new TreeSpec(
                        ServerKind.MARIADB_10_11,
                        true,
                        2,
                        BinlogFormat.MIXED,
                        TreeSpec.Shape.TIER,
                        TreeSpec.Place.NAMESPACES,
                        Map.of(
                                0, Map.of("a", "1"),
                                1, Map.of("c", ""),
                                2, Map.of("b", "2"),
                                3, Map.of("b", "2", "c", ""))));
    }

    @Test
    void the_marks_of_a_run_are_what_guards_speak_of() {
        CaseRun run = new CaseRun(read("gtid on"), ServerKind.MARIADB_11_4, true, "row");
        assertThat(run.traits()).containsExactly("gtid", "mariadb", "mariadb-11.4", "row");
    }

    private static CaseFile read(String head) {
        return CaseReader.read("c", "c/case.txt", "# x\n" + head + "\n----\nkill source", KINDS);
    }
}
