package io.mha4j.binlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Interval arithmetic against sets that hold every transaction by itself. */
final class GtidSetProperties {
    private static final List<String> ORIGINS = List.of(
            "3e11fa47-71ca-11e1-9e33-c80aa9429562",
            "3e11fa47-71ca-11e1-9e33-c80aa9429562:backup",
            "00000000-0000-0000-0000-000000000001");

    /** Pieces of a text as a server or an operator may write it: unsorted, overlapping, touching. */
    record Piece(String origin, long first, long last) {
        String text() {
            return origin + ":" + (first == last ? "" + first : first + "-" + last);
        }

        LongStream numbers() {
            return LongStream.rangeClosed(first, last);
        }
    }

    @Provide
    Arbitrary<List<Piece>> pieces() {
        Arbitrary<Long> numbers = Arbitraries.longs().between(1, 25);
        Arbitrary<Piece> piece = Combinators.combine(Arbitraries.of(ORIGINS), numbers, numbers)
                .as((origin, one, other) -> new Piece(origin, Math.min(one, other), Math.max(one, other)));
        return piece.list().ofMaxSize(8);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void a_text_means_its_transactions(@ForAll("pieces") List<Piece> pieces) {
        GtidSet set = set(pieces);
        assertThat(set.size()).isEqualTo(naive(pieces).size());
        assertThat(set.isEmpty()).isEqualTo(pieces.isEmpty());
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void a_set_survives_its_text(@ForAll("pieces") List<Piece> pieces) {
        GtidSet set = set(pieces);
        assertThat(GtidSet.parse(set.toString())).isEqualTo(set).hasSameHashCodeAs(set);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void equal_sets_have_one_text(@ForAll("pieces") List<Piece> one, @ForAll("pieces") List<Piece> other) {
        boolean same = naive(one).equals(naive(other));
        assertThat(set(one).equals(set(other))).isEqualTo(same);
        assertThat(set(one).toString().equals(set(other).toString())).isEqualTo(same);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void union_holds_what_either_holds(@ForAll("pieces") List<Piece> one, @ForAll("pieces") List<Piece> other) {
        Set<String> both = new TreeSet<>(naive(one));
        both.addAll(naive(other));
        assertThat(each(set(one).union(set(other)))).isEqualTo(both);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void minus_holds_what_only_the_first_holds(@ForAll("pieces") List<Piece> one, @ForAll("pieces") List<Piece> other) {
        Set<String> rest = new TreeSet<>(naive(one));
        rest.removeAll(naive(other));
        assertThat(each(set(one).minus(set(other)))).isEqualTo(rest);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void a_set_covers_its_subsets_only(@ForAll("pieces") List<Piece> one, @ForAll("pieces") List<Piece> other) {
        assertThat(set(one).covers(set(other))).isEqualTo(naive(one).containsAll(naive(other)));
        assertThat(set(one).union(set(other)).covers(set(other))).isTrue();
        assertThat(set(one).covers(set(one).minus(set(other)))).isTrue();
    }

    private static GtidSet set(List<Piece> pieces) {
        return GtidSet.parse(pieces.stream().map(Piece::text).collect(Collectors.joining(", ")));
    }

    private static Set<String> naive(List<Piece> pieces) {
        return pieces.stream()
                .flatMap(p -> p.numbers().mapToObj(n -> p.origin() + ":" + n))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Every transaction of a set, found by asking it. */
    private static Set<String> each(GtidSet set) {
        Set<String> found = ORIGINS.stream()
                .flatMap(o -> LongStream.rangeClosed(1, 30).mapToObj(n -> o + ":" + n))
                .filter(gtid -> set.covers(GtidSet.parse(gtid)))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(set.size()).isEqualTo(found.size());
        return found;
    }
}
