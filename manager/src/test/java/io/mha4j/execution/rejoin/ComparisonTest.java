package io.mha4j.execution.rejoin;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.archive.Archive;
import io.mha4j.archive.Cut;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.GtidSet;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whether all that a source has of its own is in the archive. */
final class ComparisonTest {
    private static final String UUID = "00000000-0000-0000-0000-00000000000a";
    private static final GtidSet EXTRA = GtidSet.parse(UUID + ":11-13");
    private static final Cut DAMAGED =
            new Cut(0, 0, 0, Optional.of(new Cut.Damaged("bin.000001", 900, 20_000, "bad checksum")));

    private static Archive archive(Cut cut, Optional<GtidSet> gtids) {
        return new Archive(
                Path.of("a.json"),
                "app1",
                "a",
                3306,
                1,
                new BinlogPosition("bin.000001", 500),
                List.of(),
                gtids.map(g -> g),
                cut,
                cut.isNothing(),
                List.of(),
                Instant.EPOCH);
    }

    @Test
    void all_of_them_are_saved_where_the_log_was_read_to_its_end() {
        Archive whole = archive(Cut.NOTHING, Optional.of(EXTRA));
        assertThat(Comparison.Diverged.of("3 transactions", whole, true, EXTRA))
                .isEqualTo(new Comparison.Diverged("3 transactions", Optional.of(whole), Optional.empty()));
        assertThat(Comparison.Diverged.of("3 transactions", archive(Cut.NOTHING, Optional.empty()), true, GtidSet.EMPTY)
                        .why())
                .isEmpty();
    }

    @Test
    void what_lies_behind_a_damaged_event_is_not_saved_and_that_is_said() {
        Archive part = archive(DAMAGED, Optional.of(EXTRA));
        String why =
                "behind bin.000001:500 its binary log cannot be read to its end, cut off: 20000 bytes of bin.000001"
                        + " from offset 900 on: bad checksum";
        String what = "3 transactions; not all of it could be read: " + why;

        assertThat(Comparison.Diverged.of("3 transactions", part, true, GtidSet.EMPTY))
                .isEqualTo(new Comparison.Diverged(what, Optional.of(part), Optional.of(why)));
        assertThat(Comparison.Diverged.of("3 transactions", part, false, GtidSet.EMPTY))
                .isEqualTo(new Comparison.Diverged(what, Optional.empty(), Optional.empty()));
    }

    @Test
    void by_gtid_each_that_it_has_alone_must_be_in_the_archive() {
        Archive part = archive(Cut.NOTHING, Optional.of(GtidSet.parse(UUID + ":12-13")));
        assertThat(Comparison.Diverged.of("3 transactions", part, true, EXTRA).why())
                .contains(UUID + ":11 is not in its binary log behind bin.000001:500");
    }
}
