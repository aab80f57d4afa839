package io.mha4j.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.scenario.Scenario;
import io.mha4j.topology.Prior;
import io.mha4j.topology.ResolvedNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TreeLookTest {
    private final List<Set<String>> lookedUp = new ArrayList<>();

    private TreeLook look(Scenario scenario, Map<String, String> names) {
        TreeLook.Servers servers = (asked, dead, limit) -> scenario.snapshot();
        return new TreeLook(
                servers,
                servers,
                (hosts, deadline) -> {
                    lookedUp.add(hosts);
                    return names;
                },
                () -> 0);
    }

    @Test
    void no_name_is_looked_up_while_every_source_is_known_without() {
        Scenario scenario = Scenario.of(
                "servers",
                "  a  source",
                "  b  replica of=other:3306 source_uuid=00000001-0000-0000-0000-000000000000",
                "  c  replica");
        assertThat(look(scenario, Map.of())
                        .at(scenario.application(), Prior.NOTHING)
                        .tree()
                        .replicas())
                .hasSize(2);
        assertThat(lookedUp).isEmpty();
    }

    @Test
    void a_dead_source_that_replicas_know_by_another_name_is_the_one_that_the_name_leads_to() {
        Scenario scenario = Scenario.of("servers", "  a  source unreachable host=10.0.0.1", "  b  replica of=db1:3306");
        Map<String, String> names = Map.of("db1", "10.0.0.1", "10.0.0.1", "10.0.0.1");
        assertThat(look(scenario, names)
                        .at(scenario.application(), Prior.NOTHING)
                        .tree()
                        .source())
                .isEqualTo(scenario.id("a"));
        assertThat(lookedUp).containsExactly(Set.of("db1", "10.0.0.1", "b", "10.0.0.2"));
    }

    @Test
    void what_was_looked_up_at_the_start_is_not_asked_for_in_a_failover() {
        Scenario scenario = Scenario.of("servers", "  a  source unreachable host=10.0.0.1", "  b  replica of=db1:3306");
        Map<String, String> names = Map.of("db1", "10.0.0.1", "10.0.0.1", "10.0.0.1");
        ResolvedNames known =
                look(scenario, names).at(scenario.application(), Prior.NOTHING).names();
        lookedUp.clear();
        Prior prior = Prior.NOTHING.withNames(known).withDeadSource(scenario.id("a"));
        assertThat(look(scenario, Map.of())
                        .forFailover(scenario.application(), prior)
                        .tree()
                        .source())
                .isEqualTo(scenario.id("a"));
        assertThat(lookedUp).isEmpty();
    }

    @Test
    void a_name_that_is_looked_up_later_takes_away_none_that_was_known() {
        Scenario scenario = Scenario.of(
                "servers",
                "  a  source unreachable host=10.0.0.1",
                "  b  replica of=db1:3306",
                "  c  replica of=db2:3306");
        Prior prior = Prior.NOTHING.withNames(new ResolvedNames(Map.of("db1", "10.0.0.1", "10.0.0.1", "10.0.0.1")));
        assertThat(look(scenario, Map.of("db2", "10.0.0.1"))
                        .forFailover(scenario.application(), prior)
                        .tree()
                        .replicas())
                .hasSize(2);
    }

    @Test
    void a_name_that_cannot_be_resolved_leaves_the_source_unknown() {
        Scenario scenario = Scenario.of("servers", "  a  source unreachable", "  b  replica of=db1:3306");
        assertThatThrownBy(() -> look(scenario, Map.of()).at(scenario.application(), Prior.NOTHING))
                .isInstanceOf(TreeLook.NoTree.class)
                .hasMessageContaining("b(10.0.0.2:3306) replicates from db1:3306, which is no configured server");
    }

    @Test
    void names_by_which_replicas_know_a_living_source_are_looked_up_for_the_checks() {
        Scenario scenario = Scenario.of(
                "servers",
                "  a  source",
                "  b  replica of=other:3306 source_uuid=00000001-0000-0000-0000-000000000000",
                "  c  replica");
        TreeLook look = look(scenario, Map.of());
        look.strangeNames(
                scenario.application(),
                look.at(scenario.application(), Prior.NOTHING).tree());
        assertThat(lookedUp).hasSize(1).first().satisfies(names -> assertThat(names)
                .contains("other", "a", "10.0.0.1")
                .doesNotContain(""));
    }

    @Test
    void a_source_that_is_said_to_be_dead_is_it_where_it_does_not_answer_though_another_may_be_it_too() {
        Scenario scenario = Scenario.of(
                "servers multi_tier_slave=1",
                "  a  source unreachable",
                "  b  replica unreachable",
                "  c  replica of=b",
                "  d  replica");
        TreeLook look = look(scenario, Map.of());
        assertThat(look.forFailoverOf(scenario.application(), scenario.id("a"))
                        .tree()
                        .source())
                .isEqualTo(scenario.id("a"));
        assertThatThrownBy(() -> look.at(scenario.application(), Prior.NOTHING)).isInstanceOf(TreeLook.NoTree.class);
    }

    @Test
    void a_source_that_is_said_to_be_dead_and_answers_is_alive() {
        Scenario scenario = Scenario.of("servers", "  a  source", "  b  replica");
        assertThat(look(scenario, Map.of())
                        .forFailoverOf(scenario.application(), scenario.id("a"))
                        .tree()
                        .sourceAlive())
                .isTrue();
    }
}
