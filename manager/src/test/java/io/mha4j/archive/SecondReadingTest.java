package io.mha4j.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.binlog.BinlogPosition;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An archive that goes on where an earlier one ended. */
final class SecondReadingTest {
    @TempDir
    private Path folder;

    private Rescues rescues =
            Rescues.in(Path.of("unset-before-each-test-sets-it").toAbsolutePath());

    @BeforeEach
    void freshFolder() {
        rescues = Rescues.in(folder);
    }

    @Test
    void what_is_written_behind_an_archive_makes_one_with_it_as_if_all_were_read_at_once() {
        LogBytes first = LogBytes.file(true).transaction(10).begin(20);
        LogBytes whole = LogBytes.file(true).transaction(10).transaction(20).rotateTo("bin.000002");
        LogBytes begun = LogBytes.file(true);
        LogBytes second = LogBytes.file(true).transaction(30);
        goesOn(first.bytes(), whole.bytes(), second.bytes());
        rescues.log("bin.000002", begun.bytes());
        goesOn(whole.bytes(), whole.bytes(), second.bytes());
    }

    private void goesOn(byte[] before, byte[] first, byte[] second) {
        BinlogPosition from = new BinlogPosition("bin.000001", 4);
        rescues.log("bin.000001", before);
        Archive earlier = rescues.from(FlakyHost.steady(), from);
        rescues.log("bin.000001", first).log("bin.000002", second);
        ArchiveName name = new ArchiveName(rescues.workdir(), "db1", 3306, "20260101000001");
        RescueSettings settings = new RescueSettings(
                name, "app1", Rescues.TAKEN_AT, rescues.settings().sleeper(), p -> {});
        LogPlace place = new LogPlace(FlakyHost.steady(), List.of(rescues.logs().toString()));
        try (BinlogRescue rescue = BinlogRescue.behind(earlier, settings)) {
            rescue.fromSource(place, Rescues.deadline());
            assertThat(rescue.begun()).contains(Instant.ofEpochSecond(1_700_000_000));
            Archive both = rescue.finish();
            assertThat(earlier.verify()).isEmpty();
            assertThat(both.verify()).isEmpty();
            assertThat(both.start()).isEqualTo(from);
            Archive atOnce = rescues.from(FlakyHost.steady(), from);
            assertThat(Rescues.events(both)).isEqualTo(Rescues.events(atOnce));
            assertThat(both.pieces())
                    .extracting(Piece::sha256)
                    .isEqualTo(atOnce.pieces().stream().map(Piece::sha256).toList());
            assertThat(both.transactions()).isEqualTo(3);
        }
    }
}
