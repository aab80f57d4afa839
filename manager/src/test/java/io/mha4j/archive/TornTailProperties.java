package io.mha4j.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.binlog.BinlogPosition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** A log that ends anywhere gives exactly the whole transactions before its end, however its bytes come. */
final class TornTailProperties {
    @Provide
    Arbitrary<List<Integer>> sizes() {
        return Arbitraries.integers().between(1, 200).list().ofMinSize(1).ofMaxSize(6);
    }

    @Property(tries = 150)
    void a_log_torn_at_any_byte_gives_the_whole_transactions_before(
            @ForAll("sizes") List<Integer> sizes,
            @ForAll boolean checksums,
            @ForAll @IntRange(max = 10_000) int tear,
            @ForAll @IntRange(min = 1, max = 300) int chunk)
            throws IOException {
        LogBytes log = LogBytes.file(checksums);
        int head = (int) log.size();
        sizes.forEach(log::transaction);
        int length = head + tear % (int) (log.size() - head + 1);
        Path folder = Files.createTempDirectory("torn");
        try {
            Rescues rescues = Rescues.in(folder).log("bin.000001", Arrays.copyOf(log.bytes(), length));
            Archive archive = rescues.from(FlakyHost.inChunksOf(chunk), new BinlogPosition("bin.000001", 4));
            long whole = log.transactionEnds().stream()
                    .filter(e -> e <= length)
                    .mapToLong(e -> e)
                    .max()
                    .orElse(head);
            Piece piece = archive.pieces().get(0);
            assertThat(piece.file()).hasBinaryContent(Arrays.copyOf(log.bytes(), (int) whole));
            assertThat(piece.transactions())
                    .isEqualTo(log.transactionEnds().stream()
                            .filter(e -> e <= length)
                            .count());
            assertThat(piece.events())
                    .isEqualTo(log.ends().stream().filter(e -> e <= whole).count());
            assertThat(whole + archive.cut().openBytes() + archive.cut().tornBytes())
                    .isEqualTo(length);
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
