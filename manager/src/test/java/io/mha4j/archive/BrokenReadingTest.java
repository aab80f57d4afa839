package io.mha4j.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.archive.place.MissingLogException;
import io.mha4j.base.CommandException;
import io.mha4j.binlog.BinlogPosition;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source's log of which something cannot be had any more, though it is there. */
final class BrokenReadingTest {
    @TempDir
    private Path folder;

    private Rescues rescues =
            Rescues.in(Path.of("unset-before-each-test-sets-it").toAbsolutePath());

    @BeforeEach
    void freshFolder() {
        rescues = Rescues.in(folder);
    }

    @Test
    void what_came_before_a_place_that_cannot_be_read_is_kept_and_the_place_is_named() {
        LogBytes log = LogBytes.file(true).transaction(10).transaction(20).transaction(30);
        rescues.log("bin.000001", log.bytes());
        long whole = log.transactionEnds().get(1);
        FlakyHost host = FlakyHost.inChunksOf(7).withBadDiskFrom(whole + 9);
        try (BinlogRescue rescue = BinlogRescue.begin(rescues.settings(), new BinlogPosition("bin.000001", 4))) {
            LogPlace place = new LogPlace(host, List.of(rescues.logs().toString()));
            assertThatThrownBy(() -> rescue.fromSource(place, Rescues.deadline()))
                    .isInstanceOf(CommandException.class);
            Archive archive = rescue.finish();
            assertThat(archive.transactions()).isEqualTo(2);
            assertThat(archive.reachedEnd()).isFalse();
            assertThat(archive.cut().sentence())
                    .isEqualTo("cut off: %d bytes of bin.000001 from offset %d on: root@db1:22: Input/output error"
                            .formatted(log.size() - whole, whole));
            assertThat(Archive.read(archive.description())).isEqualTo(archive);
        }
    }

    @Test
    void a_connection_that_is_lost_over_a_question_changes_nothing_either() {
        byte[] log = LogBytes.file(true).transaction(10).bytes();
        rescues.log("bin.000001", log).log("bin.000002", log);
        BinlogPosition from = new BinlogPosition("bin.000001", 4);
        Archive unbroken = rescues.from(FlakyHost.steady(), from);
        assertThat(rescues.from(FlakyHost.steady().losingQuestions(), from)).isEqualTo(unbroken);
    }

    @Test
    void what_came_before_a_file_that_is_missing_is_kept() {
        byte[] log = LogBytes.file(true).transaction(10).bytes();
        rescues.log("bin.000001", log).log("bin.000003", log);
        try (BinlogRescue rescue = BinlogRescue.begin(rescues.settings(), new BinlogPosition("bin.000001", 4))) {
            LogPlace place =
                    new LogPlace(FlakyHost.steady(), List.of(rescues.logs().toString()));
            assertThatThrownBy(() -> rescue.fromSource(place, Rescues.deadline()))
                    .isInstanceOf(MissingLogException.class);
            Archive archive = rescue.finish();
            assertThat(archive.transactions()).isEqualTo(1);
            assertThat(archive.reachedEnd()).isFalse();
            assertThat(archive.cut().sentence()).contains("goes on with bin.000003 after bin.000001");
        }
    }

    @Test
    void a_copy_that_cannot_be_read_takes_nothing_back_from_one_that_was_whole() {
        rescues.log("bin.000001", LogBytes.file(true).transaction(10).bytes());
        List<String> directories = List.of(rescues.logs().toString());
        try (BinlogRescue rescue = BinlogRescue.begin(rescues.settings(), new BinlogPosition("bin.000001", 4))) {
            rescue.fromCopies(new LogPlace(FlakyHost.steady(), directories), LogBytes.SERVER_ID, Rescues.deadline());
            LogPlace bad = new LogPlace(FlakyHost.steady().withBadDiskFrom(0), directories);
            assertThatThrownBy(() -> rescue.fromCopies(bad, LogBytes.SERVER_ID, Rescues.deadline()))
                    .isInstanceOf(CommandException.class);
            assertThat(rescue.finish().reachedEnd()).isTrue();
        }
    }

    @Test
    void what_is_gone_of_an_earlier_file_stays_gone_when_it_is_tried_again() {
        LogBytes log = LogBytes.file(true).transaction(10).transaction(20).transaction(30);
        rescues.log("bin.000001", LogBytes.file(true).transaction(10).bytes()).log("bin.000002", log.bytes());
        FlakyHost bad =
                FlakyHost.inChunksOf(7).withBadDiskFrom(log.transactionEnds().get(1) + 9);
        Archive archive = triedAgain(bad, new BinlogPosition("bin.000001", 100_000));
        assertThat(archive.transactions()).isEqualTo(3);
        assertThat(archive.reachedEnd()).isFalse();
        assertThat(archive.cut().sentence()).contains("bin.000001", "its end was lost");

        Archive later = behind(archive);
        assertThat(later.transactions()).isEqualTo(3);
        assertThat(later.reachedEnd()).isFalse();
        assertThat(later.cut()).isEqualTo(archive.cut());
    }

    @Test
    void what_could_not_be_read_at_first_is_not_gone_once_it_is_read() {
        LogBytes log = LogBytes.file(true).transaction(10).transaction(20).transaction(30);
        rescues.log("bin.000001", log.bytes()).log("bin.000002", log.bytes());
        FlakyHost bad =
                FlakyHost.inChunksOf(7).withBadDiskFrom(log.transactionEnds().get(1) + 9);
        Archive archive = triedAgain(bad, new BinlogPosition("bin.000001", 4));
        assertThat(archive.transactions()).isEqualTo(6);
        assertThat(archive.reachedEnd()).isTrue();
        assertThat(archive.cut()).isEqualTo(Cut.NOTHING);
    }

    @Test
    void the_first_reading_tells_when_the_first_file_was_begun_though_it_broke_off() {
        LogBytes second = LogBytes.fileBegunAt(LogBytes.SECONDS + 5, true)
                .transaction(10)
                .transaction(20)
                .transaction(30);
        rescues.log("bin.000001", LogBytes.file(true).transaction(10).bytes()).log("bin.000002", second.bytes());
        FlakyHost bad =
                FlakyHost.inChunksOf(7).withBadDiskFrom(second.transactionEnds().get(1) + 9);
        try (BinlogRescue rescue = BinlogRescue.begin(rescues.settings(), new BinlogPosition("bin.000001", 4))) {
            tryTwice(rescue, bad);
            assertThat(rescue.begun()).contains(Instant.ofEpochSecond(LogBytes.SECONDS));
        }
    }

    /** By a disk that fails, and by one that has recovered. */
    private Archive triedAgain(FlakyHost bad, BinlogPosition from) {
        try (BinlogRescue rescue = BinlogRescue.begin(rescues.settings(), from)) {
            tryTwice(rescue, bad);
            return rescue.finish();
        }
    }

    private void tryTwice(BinlogRescue rescue, FlakyHost bad) {
        assertThatThrownBy(() -> rescue.fromSource(place(bad), Rescues.deadline()))
                .isInstanceOf(CommandException.class);
        rescue.fromSource(place(FlakyHost.steady()), Rescues.deadline());
    }

    private Archive behind(Archive earlier) {
        RescueSettings settings = rescues.settings();
        ArchiveName name = new ArchiveName(rescues.workdir(), "db1", 3306, "20260101000001");
        try (BinlogRescue rescue = BinlogRescue.behind(
                earlier, new RescueSettings(name, "app1", Rescues.TAKEN_AT, settings.sleeper(), p -> {}))) {
            rescue.fromSource(place(FlakyHost.steady()), Rescues.deadline());
            return rescue.finish();
        }
    }

    private LogPlace place(FlakyHost host) {
        return new LogPlace(host, List.of(rescues.logs().toString()));
    }
}
