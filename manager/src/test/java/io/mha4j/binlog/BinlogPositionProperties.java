package io.mha4j.binlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The order of writing, against the place that a byte has when all files are laid end to end. */
final class BinlogPositionProperties {
    private static final long FILE_SIZE = 5_000_000_000L;

    /** A place by the number of its file, without base name. */
    record Place(int file, long offset) {
        BinlogPosition position() {
            return new BinlogPosition(String.format("bin.%06d", file), offset);
        }

        long whole() {
            return file * FILE_SIZE + offset;
        }
    }

    @Provide
    Arbitrary<Place> places() {
        Arbitrary<Integer> files =
                Arbitraries.of(1, 9, 10, 99_999, 100_000, 999_998, 999_999, 1_000_000, 1_000_001, 2_147_483);
        Arbitrary<Long> offsets =
                Arbitraries.of(4L, 5L, 99L, 100L, 1_000L, 2_147_483_647L, 2_147_483_648L, 4_999_999_999L);
        return Combinators.combine(files, offsets).as(Place::new);
    }

    @Provide
    Arbitrary<List<Place>> manyPlaces() {
        return places().list().ofMaxSize(20);
    }

    @Property
    void positions_are_ordered_as_they_were_written(@ForAll("places") Place one, @ForAll("places") Place other) {
        int order = one.position().compareTo(other.position());
        assertThat(Integer.signum(order)).isEqualTo(Long.compare(one.whole(), other.whole()));
        assertThat(order == 0).isEqualTo(one.position().equals(other.position()));
        assertThat(one.position().isAtOrAfter(other.position())).isEqualTo(one.whole() >= other.whole());
    }

    @Property
    void sorting_brings_the_order_of_writing(@ForAll("manyPlaces") List<Place> places) {
        List<BinlogPosition> sorted =
                new ArrayList<>(places.stream().map(Place::position).toList());
        sorted.sort(null);
        List<Place> expected = new ArrayList<>(places);
        expected.sort((a, b) -> Long.compare(a.whole(), b.whole()));
        assertThat(sorted).isEqualTo(expected.stream().map(Place::position).toList());
    }
}
