package io.mha4j.binlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Positions against a plain map from domain to the highest number. */
final class MariadbGtidsProperties {
    @Provide
    Arbitrary<List<MariadbGtids.Gtid>> gtids() {
        return Combinators.combine(
                        Arbitraries.longs().between(0, 3),
                        Arbitraries.longs().between(1, 3),
                        Arbitraries.longs().between(1, 20))
                .as(MariadbGtids.Gtid::new)
                .list()
                .ofMaxSize(6);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void the_highest_of_each_domain_counts(@ForAll("gtids") List<MariadbGtids.Gtid> gtids) {
        Map<Long, Long> numbers = new TreeMap<>();
        position(gtids).last().forEach((domain, gtid) -> numbers.put(domain, gtid.sequence()));
        assertThat(numbers).isEqualTo(naive(gtids));
        assertThat(position(gtids).isEmpty()).isEqualTo(gtids.isEmpty());
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void a_position_survives_its_text(@ForAll("gtids") List<MariadbGtids.Gtid> gtids) {
        assertThat(MariadbGtids.parse(position(gtids).toString())).isEqualTo(position(gtids));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void what_one_server_wrote_is_covered_where_it_is_nowhere_further(
            @ForAll("gtids") List<MariadbGtids.Gtid> some, @ForAll("gtids") List<MariadbGtids.Gtid> more) {
        List<MariadbGtids.Gtid> one = byOneServer(some);
        List<MariadbGtids.Gtid> other = byOneServer(more);
        boolean covers = naive(other).entrySet().stream()
                .allMatch(theirs -> naive(one).getOrDefault(theirs.getKey(), 0L) >= theirs.getValue());
        assertThat(position(one).covers(position(other))).isEqualTo(covers);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void nothing_further_in_a_domain_is_covered(
            @ForAll("gtids") List<MariadbGtids.Gtid> one, @ForAll("gtids") List<MariadbGtids.Gtid> other) {
        boolean further = naive(other).entrySet().stream()
                .anyMatch(theirs -> naive(one).getOrDefault(theirs.getKey(), 0L) < theirs.getValue());
        assertThat(further && position(one).covers(position(other))).isFalse();
    }

    private static List<MariadbGtids.Gtid> byOneServer(List<MariadbGtids.Gtid> gtids) {
        return gtids.stream()
                .map(g -> new MariadbGtids.Gtid(g.domain(), 1, g.sequence()))
                .toList();
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void a_union_is_the_least_that_covers_both(
            @ForAll("gtids") List<MariadbGtids.Gtid> one, @ForAll("gtids") List<MariadbGtids.Gtid> other) {
        MariadbGtids union = position(one).union(position(other));
        assertThat(union.covers(position(one))).isTrue();
        assertThat(union.covers(position(other))).isTrue();
        Map<Long, Long> most = naive(one);
        naive(other).forEach((domain, number) -> most.merge(domain, number, Math::max));
        Map<Long, Long> numbers = new TreeMap<>();
        union.last().forEach((domain, gtid) -> numbers.put(domain, gtid.sequence()));
        assertThat(numbers).isEqualTo(most);
    }

    private static MariadbGtids position(List<MariadbGtids.Gtid> gtids) {
        return MariadbGtids.parse(
                gtids.stream().map(MariadbGtids.Gtid::toString).collect(Collectors.joining(",")));
    }

    private static Map<Long, Long> naive(List<MariadbGtids.Gtid> gtids) {
        Map<Long, Long> highest = new TreeMap<>();
        gtids.forEach(g -> highest.merge(g.domain(), g.sequence(), Math::max));
        return highest;
    }
}
