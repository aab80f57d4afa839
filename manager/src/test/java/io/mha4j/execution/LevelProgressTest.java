package io.mha4j.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.archive.Archive;
import io.mha4j.archive.Cut;
import io.mha4j.archive.Piece;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.FormatDescription;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LevelProgressTest {
    private static final Archive TWO_FILES =
            archive(piece("bin.000007", 1_000, 11_000, 10), piece("bin.000008", 4, 90_004, 30));

    @Test
    void a_replica_that_moved_has_a_rate_and_a_time_to_go() {
        LevelProgress progress = new LevelProgress(TWO_FILES, at("bin.000007", 1_000), Duration.ofSeconds(5));

        String sentence = progress.sentence(at("bin.000008", 15_004), at("bin.000008", 30_004), Duration.ofSeconds(10));

        assertThat(sentence)
                .isEqualTo("executed 25 of 100 KB, about 15 of 40 transactions, received 40 KB; 5 KB/s, 15 s left");
    }

    @Test
    void a_replica_that_has_not_moved_yet_has_neither() {
        LevelProgress progress = new LevelProgress(TWO_FILES, at("bin.000007", 6_000), Duration.ofSeconds(5));

        assertThat(progress.sentence(at("bin.000007", 6_000), Optional.empty(), Duration.ofSeconds(6)))
                .isEqualTo("executed 5 of 100 KB, about 5 of 40 transactions, received 5 KB");
    }

    @Test
    void the_rate_does_not_count_what_was_there_before() {
        LevelProgress progress = new LevelProgress(TWO_FILES, at("bin.000008", 40_004), Duration.ZERO);

        assertThat(progress.sentence(at("bin.000008", 60_004), Optional.empty(), Duration.ofSeconds(2)))
                .endsWith("; 10 KB/s, 3 s left");
    }

    private static Optional<BinlogPosition> at(String file, long offset) {
        return Optional.of(new BinlogPosition(file, offset));
    }

    private static Piece piece(String source, long start, long end, long transactions) {
        FormatDescription format = new FormatDescription(new byte[100], "8.0.15", false);
        return new Piece(
                Path.of("piece"), source, start, end, format, end - start + 104, transactions * 4, transactions, "");
    }

    private static Archive archive(Piece... pieces) {
        return new Archive(
                Path.of("archive.json"),
                "app1",
                "db1",
                3306,
                1,
                pieces[0].startPosition(),
                List.of(pieces),
                Optional.empty(),
                Cut.NOTHING,
                true,
                List.of(),
                Instant.EPOCH);
    }
}
