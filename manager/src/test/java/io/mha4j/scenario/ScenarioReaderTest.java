package io.mha4j.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mha4j.binlog.GtidSet;
import io.mha4j.binlog.MariadbGtids;
import io.mha4j.topology.ReplicaStatus;
import io.mha4j.topology.ServerFacts;
import io.mha4j.topology.ServerState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The format of scenario files: what a word means, and that a wrong one is not passed over. */
final class ScenarioReaderTest {
    @Test
    void words_of_a_line_become_facts_and_settings() {
        Scenario scenario = Scenario.of(
                "servers  gtid=on",
                "  a  source   executed=a:1-20",
                "  b  replica  read=bin.000007:900 applied=bin.000007:650 retrieved=a:1-12 executed=a:1-9,b:1 lag=7 no_master=1");
        ServerFacts facts = scenario.snapshot().facts(scenario.id("b")).orElseThrow();
        ReplicaStatus status = facts.onlyChannel().orElseThrow();
        assertThat(status.read()).hasToString("Optional[bin.000007:900]");
        assertThat(status.applied()).hasToString("Optional[bin.000007:650]");
        assertThat(status.lag()).contains(Duration.ofSeconds(7));
        assertThat(facts.executed())
                .contains(GtidSet.parse(
                        "00000001-0000-0000-0000-000000000000:1-9,00000002-0000-0000-0000-000000000000:1"));
        assertThat(scenario.application().of(scenario.id("b")).roles().barred()).isTrue();
        assertThat(scenario.shorten(facts.executed().orElseThrow() + " on " + scenario.id("b")))
                .isEqualTo("a:1-9,b:1 on b");
    }

    @Test
    void a_mariadb_speaks_its_own_gtids() {
        Scenario scenario = Scenario.of("servers  version=10.11.6-MariaDB", "  a  source", "  b  replica");
        ServerFacts facts = scenario.truthOf("b");
        assertThat(facts.executed()).contains(MariadbGtids.parse("0-1-10"));
        assertThat(facts.serverUuid()).isEmpty();
    }

    @Test
    void the_truth_holds_what_the_sweep_does_not_see() {
        Scenario scenario = Scenario.of("servers", "  a  source  unreachable=timed_out server_id=9", "  b  replica");
        assertThat(scenario.snapshot().servers().get(scenario.id("a"))).isInstanceOf(ServerState.Unreachable.class);
        assertThat(scenario.truthOf("a").serverId()).isEqualTo(9);
    }

    @Test
    void other_sections_keep_their_lines() {
        Scenario scenario = Scenario.of("servers", "  a  source", "wishes  force b", "  skip", "  new_master c");
        assertThat(scenario.section("wishes")).containsExactly("force b", "skip", "new_master c");
        assertThat(scenario.value("wishes", "new_master")).contains("c");
        assertThat(scenario.value("wishes", "skip")).contains("");
        assertThat(scenario.value("wishes", "new")).isEmpty();
        assertThat(scenario.section("nothing")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "b  replica  raed=bin.000001:4, no use for [raed]",
        "b  source  read=bin.000001:4, no use for [read]",
        "b  replica  read=900, no position",
        "b  replica  of=x, of=x",
        "b  replica  sql=maybe, sql=maybe",
        "b  replica  no_master=yes, no_master=yes",
        "b  replica  lag=1 lag=2, lag is said twice",
        "b  replica  gtid=on executed=x:1, no server with a UUID is called x",
        "b  boss, Role.BOSS",
        "b, a name and a role",
    })
    void a_word_that_means_nothing_is_an_error(String line, String complaint) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Scenario.of("servers", "  a  source", "  " + line))
                .withMessageContaining(complaint);
    }

    @Test
    void a_default_that_no_line_uses_is_an_error() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Scenario.of("servers  gtdi=on", "  a  source", "  b  replica"))
                .withMessageContaining("gtdi");
    }

    @Test
    void a_file_is_cut_at_titles_and_rules() {
        List<ScenarioFile.Case> cases = ScenarioFile.cut(
                "x.txt", List.of("# one", "# more", "servers", "----", "out", "", "# two", "servers", "----"));
        assertThat(cases).extracting(ScenarioFile.Case::title).containsExactly("one more", "two");
        assertThat(cases).extracting(ScenarioFile.Case::where).containsExactly("x.txt:1", "x.txt:7");
        assertThat(cases.get(0).expected()).containsExactly("out", "");
    }

    @Test
    void a_file_without_titles_or_rules_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScenarioFile.cut("x.txt", List.of("servers", "----")))
                .withMessageContaining("x.txt:1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScenarioFile.cut("x.txt", List.of("# one", "servers", "# two", "----")))
                .withMessageContaining("x.txt:1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScenarioFile.cut("x.txt", List.of("# one", "----", "# one", "----")))
                .withMessageContaining("two cases are called 'one'");
    }

    @Test
    void rewriting_changes_the_lower_halves_only(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("x-y.txt");
        Files.writeString(file, "# one\nservers\n  a  source\n----\nold\n\n\n# two\nservers\n  b  source\n----\n");
        ScenarioFile.read(file).rewrite(s -> "servers " + s.truth().firstKey().section());
        assertThat(file)
                .hasContent(
                        "# one\nservers\n  a  source\n----\nservers a\n\n# two\nservers\n  b  source\n----\nservers b\n");
    }
}
