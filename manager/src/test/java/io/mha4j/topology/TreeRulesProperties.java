package io.mha4j.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.ServerId;
import io.mha4j.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/** What holds of every tree, whatever the servers say. */
final class TreeRulesProperties {
    private static final List<String> NAMES = List.of("a", "b", "c", "d", "e");

    /** Lines for five servers: most often a source and its replicas, at random anything else. */
    @Provide
    Arbitrary<List<String>> servers() {
        Arbitrary<String> first = Arbitraries.of(
                "alone",
                "alone",
                "alone",
                "alone unreachable",
                "alone unreachable",
                "replica of=b",
                "replica of=c read_only=0");
        Arbitrary<String> follows = Arbitraries.frequency(
                Tuple.of(20, "replica of=a"),
                Tuple.of(2, "replica of=b"),
                Tuple.of(2, "replica of=c"),
                Tuple.of(1, "alone read_only=0"));
        Arbitrary<String> differs = Arbitraries.frequency(
                Tuple.of(12, ""),
                Tuple.of(2, " unreachable"),
                Tuple.of(1, " refusing=1045"),
                Tuple.of(2, " server_id=7"),
                Tuple.of(2, " read_only=1"));
        Arbitrary<String> stops = Arbitraries.of("", "", "", " sql=error:1062", " sql=no");
        Arbitrary<String> other = Combinators.combine(follows, differs, stops)
                .as((who, how, what) -> who.startsWith("alone") ? who : who + how + what);
        return Combinators.combine(first, other.list().ofSize(NAMES.size() - 1)).as((one, others) -> {
            List<String> lines = new ArrayList<>(List.of("  %s " + one));
            others.forEach(o -> lines.add("  %s " + o));
            return lines;
        });
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    @StatisticsReport(onFailureOnly = true)
    void every_server_is_in_exactly_one_place(@ForAll("servers") List<String> lines, @ForAll boolean tiers) {
        Scenario scenario = scenario(lines, tiers);
        Optional<ManagedTree> reading = tree(scenario, Prior.NOTHING);
        reading.ifPresent(tree -> assertThat(places(tree))
                .containsExactlyInAnyOrderElementsOf(
                        scenario.snapshot().servers().keySet()));
        Statistics.label("trees").collect(reading.isPresent());
        Statistics.label("trees").coverage(found -> found.check(true).percentage(p -> p > 15));
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void replicas_of_a_tree_follow_its_source(@ForAll("servers") List<String> lines, @ForAll boolean tiers) {
        tree(scenario(lines, tiers), Prior.NOTHING).ifPresent(tree -> {
            assertThat(tree.allReplicas()).isNotEmpty();
            assertThat(tree.allReplicas())
                    .allMatch(r -> r.status().sourceHost().equals(tree.source().host()));
            assertThat(tree.replicas()).noneMatch(Replica::applierFailed);
            assertThat(tree.failedReplicas()).allMatch(Replica::applierFailed);
        });
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void no_other_server_that_is_followed_may_be_writable(@ForAll("servers") List<String> lines) {
        Scenario scenario = scenario(lines, true);
        tree(scenario, Prior.NOTHING).ifPresent(tree -> assertThat(tree.lowerTiers())
                .filteredOn(t -> !t.follows().equals(tree.source()))
                .allMatch(t ->
                        scenario.snapshot().facts(t.follows()).orElseThrow().readOnly()));
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void lower_tiers_exist_only_where_they_are_allowed(@ForAll("servers") List<String> lines) {
        tree(scenario(lines, false), Prior.NOTHING)
                .ifPresent(tree -> assertThat(tree.lowerTiers()).isEmpty());
    }

    /** Also when it answers: nobody asks it. */
    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void a_source_that_is_found_dead_stays_the_source(@ForAll("servers") List<String> lines, @ForAll boolean tiers) {
        Scenario scenario = scenario(lines, tiers);
        tree(scenario, Prior.NOTHING).ifPresent(before -> tree(scenario, Prior.NOTHING.withDeadSource(before.source()))
                .ifPresent(after -> {
                    assertThat(after.source()).isEqualTo(before.source());
                    assertThat(after.sourceAlive()).isFalse();
                    assertThat(after.allReplicas()).isEqualTo(before.allReplicas());
                }));
    }

    private static Scenario scenario(List<String> lines, boolean tiers) {
        List<String> all = new ArrayList<>(List.of("servers  multi_tier_slave=" + (tiers ? 1 : 0)));
        for (int i = 0; i < lines.size(); i++) {
            all.add(lines.get(i).formatted(NAMES.get(i)));
        }
        return Scenario.of(all.toArray(String[]::new));
    }

    private static Optional<ManagedTree> tree(Scenario scenario, Prior prior) {
        return TreeRules.read(scenario.application(), scenario.snapshot(), prior)
                .match(Optional::of, reasons -> Optional.empty());
    }

    private static List<ServerId> places(ManagedTree tree) {
        return Stream.of(
                        Stream.of(tree.source()),
                        tree.replicas().stream().map(Replica::id),
                        tree.failedReplicas().stream().map(Replica::id),
                        tree.missing().stream().map(ManagedTree.Missing::id),
                        tree.lowerTiers().stream().map(t -> t.replica().id()))
                .flatMap(ids -> ids)
                .toList();
    }
}
