package io.mha4j.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.archive.place.MissingLogException;
import io.mha4j.base.CommandException;
import io.mha4j.binlog.BinlogPosition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Saving the tail of a source's binary log. */
final class BinlogRescueTest {
    private static final long HEAD = LogBytes.file(true).size();

    @TempDir
    private Path folder;

    private Rescues rescues =
            Rescues.in(Path.of("unset-before-each-test-sets-it").toAbsolutePath());

    @BeforeEach
    void freshFolder() {
        rescues = Rescues.in(folder);
    }

    @Test
    void what_is_saved_from_the_beginning_is_the_files_byte_by_byte() throws IOException {
        LogBytes first =
                LogBytes.file(true).transaction(10).transaction(500_000).rotateTo("bin.000010");
        LogBytes second = LogBytes.file(false).transaction(33);
        rescues.log("bin.000009", first.bytes()).log("bin.000010", second.bytes());
        rescues.log("bin.000008", first.bytes()).log("bin.000011.gz", new byte[9]).log("other.000010", new byte[9]);
        Archive archive = rescues.from(FlakyHost.inChunksOf(1000), new BinlogPosition("bin.000009", 4));
        assertThat(archive.pieces()).hasSize(2);
        assertThat(archive.pieces().get(0).file())
                .hasFileName("saved_master_binlog_from_db1_3306_20260101000000.binlog")
                .hasBinaryContent(first.bytes());
        assertThat(archive.pieces().get(1).file())
                .hasFileName("saved_master_binlog_from_db1_3306_20260101000000.2.binlog")
                .hasBinaryContent(second.bytes());
        assertThat(archive.start()).isEqualTo(new BinlogPosition("bin.000009", 4));
        assertThat(archive.end()).isEqualTo(new BinlogPosition("bin.000010", second.size()));
        assertThat(archive.transactions()).isEqualTo(3);
        assertThat(archive.events())
                .isEqualTo(first.ends().size() + second.ends().size());
        assertThat(archive.cut()).isEqualTo(Cut.NOTHING);
        assertThat(archive.reachedEnd()).isTrue();
        assertThat(archive.serverId()).isEqualTo(LogBytes.SERVER_ID);
        assertThat(Archive.read(archive.description())).isEqualTo(archive);
        assertThat(rescues.progress().get(rescues.progress().size() - 1).transactions())
                .isEqualTo(3);
    }

    @Test
    void files_are_for_their_owner_alone() throws IOException {
        rescues.log("bin.000001", LogBytes.file(true).transaction(10).bytes());
        rescues.from(FlakyHost.steady(), new BinlogPosition("bin.000001", 4));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(rescues.workdir())))
                .isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(rescues.workdir())) {
            for (Path file : files.toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void saving_from_each_boundary_gives_the_format_description_and_the_rest() {
        LogBytes log = LogBytes.file(true).transaction(10).transaction(20).statement("CREATE TABLE t (a INT)");
        rescues.log("bin.000001", log.bytes());
        for (long from : log.transactionEnds()) {
            Archive archive = rescues.from(FlakyHost.steady(), new BinlogPosition("bin.000001", from));
            byte[] rest = Arrays.copyOfRange(log.bytes(), (int) from, (int) log.size());
            assertThat(Rescues.events(archive)).isEqualTo(rest);
            assertThat(archive.pieces().get(0).bytes()).isEqualTo(HEAD + rest.length);
            assertThat(archive.start().offset()).isEqualTo(from);
        }
    }

    @Test
    void nothing_behind_the_position_gives_an_empty_archive() {
        LogBytes log = LogBytes.file(true).transaction(10);
        rescues.log("bin.000001", log.bytes());
        Archive archive = rescues.from(FlakyHost.steady(), new BinlogPosition("bin.000001", log.size()));
        assertThat(archive.isEmpty()).isTrue();
        assertThat(archive.reachedEnd()).isTrue();
        assertThat(archive.end()).isEqualTo(archive.start());
        assertThat(rescues.workdir()).isDirectoryNotContaining("glob:**.binlog");
    }

    @Test
    void a_file_that_was_only_begun_is_the_end_of_the_archive() {
        LogBytes first = LogBytes.file(true).transaction(10).rotateTo("bin.000002");
        rescues.log("bin.000001", first.bytes()).log(
                "bin.000002", LogBytes.file(true).bytes());
        BinlogPosition end =
                new BinlogPosition("bin.000001", first.transactionEnds().get(0));
        Archive archive = rescues.from(FlakyHost.steady(), end);
        assertThat(archive.end()).isEqualTo(new BinlogPosition("bin.000002", HEAD));
        rescues.log("bin.000002", Arrays.copyOf(LogBytes.file(true).bytes(), 50));
        Archive torn = rescues.from(FlakyHost.steady(), end);
        assertThat(torn.end()).isEqualTo(new BinlogPosition("bin.000001", first.size()));
        assertThat(torn.cut()).isEqualTo(new Cut(0, 0, 46, Optional.empty()));
        assertThat(torn.reachedEnd()).isTrue();
    }

    @Test
    void a_transaction_that_its_server_never_finished_is_left_out_and_counted() {
        LogBytes log = LogBytes.file(true).transaction(10).begin(77);
        byte[] torn = Arrays.copyOf(log.bytes(), (int) log.size() - 5);
        rescues.log("bin.000001", torn);
        Archive archive = rescues.from(FlakyHost.inChunksOf(11), new BinlogPosition("bin.000001", 4));
        long whole = log.transactionEnds().get(0);
        List<Long> ends = log.ends();
        long lastWholeEvent = ends.get(ends.size() - 2);
        assertThat(archive.end().offset()).isEqualTo(whole);
        assertThat(archive.cut().openEvents()).isEqualTo(2);
        assertThat(archive.cut().openBytes()).isEqualTo(lastWholeEvent - whole);
        assertThat(archive.readTo().offset()).isEqualTo(lastWholeEvent);
        assertThat(archive.cut().tornBytes()).isEqualTo(torn.length - lastWholeEvent);
        assertThat(archive.cut().sentence())
                .isEqualTo("cut off: an unfinished transaction of 2 events, " + (lastWholeEvent - whole)
                        + " bytes; a torn event of " + (torn.length - lastWholeEvent) + " bytes");
        assertThat(archive.reachedEnd()).isTrue();
    }

    @Test
    void a_file_that_a_crash_ended_does_not_hide_the_next() {
        LogBytes first = LogBytes.file(true).transaction(10).begin(20);
        LogBytes second = LogBytes.file(true).transaction(30);
        rescues.log("bin.000001", first.bytes()).log("bin.000002", second.bytes());
        Archive archive = rescues.from(FlakyHost.steady(), new BinlogPosition("bin.000001", 4));
        assertThat(archive.transactions()).isEqualTo(2);
        assertThat(archive.pieces().get(0).end())
                .isEqualTo(first.transactionEnds().get(0));
        assertThat(archive.origins().get(1))
                .startsWith("bin.000001 ended before its server was started again; cut off");
        assertThat(archive.cut()).isEqualTo(Cut.NOTHING);
    }

    @Test
    void nor_does_one_that_its_server_had_only_begun_when_it_ended() {
        LogBytes first = LogBytes.file(true).transaction(10);
        LogBytes last = LogBytes.file(true).transaction(30);
        rescues.log("bin.000001", first.bytes()).log("bin.000003", last.bytes());
        for (int size : List.of(0, 4, 50)) {
            byte[] begun = Arrays.copyOf(LogBytes.file(true).bytes(), size);
            rescues.log("bin.000002", begun);
            for (String from : List.of("bin.000001", "bin.000002")) {
                Archive archive = rescues.from(FlakyHost.steady(), new BinlogPosition(from, 4));
                assertThat(archive.end()).isEqualTo(new BinlogPosition("bin.000003", last.size()));
                assertThat(archive.transactions()).isEqualTo(from.equals("bin.000001") ? 2 : 1);
                assertThat(archive.reachedEnd()).isTrue();
                assertThat(archive.origins()).anyMatch(o -> o.startsWith("bin.000002 has no whole format description"));
            }
        }
    }

    @Test
    void it_tells_when_the_first_file_was_begun() {
        byte[] whole = LogBytes.file(true).transaction(10).bytes();
        rescues.log("bin.000001", whole).log("bin.000002", whole).log("bin.000003", new byte[4]);
        assertThat(begun("bin.000001")).contains(Instant.ofEpochSecond(1_700_000_000));
        assertThat(begun("bin.000003")).isEmpty();
        rescues.log("bin.000001", new byte[4]);
        assertThat(begun("bin.000001")).isEmpty();
    }

    private Optional<Instant> begun(String file) {
        try (BinlogRescue rescue = BinlogRescue.begin(rescues.settings(), new BinlogPosition(file, 4))) {
            LogPlace place =
                    new LogPlace(FlakyHost.steady(), List.of(rescues.logs().toString()));
            rescue.fromSource(place, Rescues.deadline());
            return rescue.begun();
        }
    }

    @Test
    void only_the_end_of_a_file_that_may_grow_is_waited_for() {
        byte[] first = LogBytes.file(true).transaction(10).bytes();
        byte[] second = LogBytes.file(true).transaction(30).bytes();
        rescues.log("bin.000001", first).log("bin.000002", second);
        BinlogPosition from = new BinlogPosition("bin.000001", 4);
        Archive grows = rescues.from(FlakyHost.steady(), from);
        assertThat(rescues.waits()).hasSize(1);

        LogPlace left = new LogPlace(FlakyHost.steady(), List.of(rescues.logs().toString()), false);
        Archive whole = BinlogRescue.fromSource(rescues.settings(), left, from, Rescues.deadline());
        assertThat(rescues.waits()).as("nobody writes to it").hasSize(1);
        assertThat(whole.reachedEnd()).isTrue();
        assertThat(whole.readTo()).isEqualTo(grows.readTo()).isEqualTo(new BinlogPosition("bin.000002", second.length));
        assertThat(whole.transactions()).isEqualTo(2);
    }

    @Test
    void a_flipped_bit_ends_the_archive_and_is_named() {
        LogBytes log = LogBytes.file(true).transaction(10).transaction(20).transaction(30);
        byte[] flipped = log.bytes();
        int at = log.transactionEnds().get(1).intValue() + 30;
        flipped[at] ^= 4;
        rescues.log("bin.000001", flipped).log(
                "bin.000002", LogBytes.file(true).transaction(9).bytes());
        Archive archive = rescues.from(FlakyHost.inChunksOf(9), new BinlogPosition("bin.000001", 4));
        assertThat(archive.transactions()).isEqualTo(2);
        assertThat(archive.reachedEnd()).isFalse();
        Cut.Damaged damage = archive.cut().damage().orElseThrow();
        assertThat(damage.offset()).isEqualTo(log.transactionEnds().get(1));
        assertThat(damage.bytes()).isEqualTo(log.size() - damage.offset());
        assertThat(damage.why()).contains("checksum");
    }

    @Test
    void a_position_inside_an_event_is_refused() {
        LogBytes log = LogBytes.file(true).transaction(10);
        rescues.log("bin.000001", log.bytes());
        for (long offset = HEAD + 1; offset < log.size(); offset++) {
            BinlogPosition from = new BinlogPosition("bin.000001", offset);
            if (!log.ends().contains(offset)) {
                assertThatThrownBy(() -> rescues.from(FlakyHost.steady(), from))
                        .isInstanceOf(ArchiveException.class)
                        .hasMessageContaining("begins at " + offset);
            }
        }
        assertThat(rescues.workdir()).isEmptyDirectory();
    }

    @Test
    void a_boundary_before_damage_is_found_from_the_head_of_the_file() {
        LogBytes log = LogBytes.file(true).transaction(10);
        byte[] zeros = Arrays.copyOf(log.bytes(), (int) log.size() + 100);
        rescues.log("bin.000001", zeros);
        Archive archive = rescues.from(FlakyHost.steady(), new BinlogPosition("bin.000001", log.size()));
        assertThat(archive.isEmpty()).isTrue();
        assertThat(archive.cut().damage().orElseThrow().bytes()).isEqualTo(100);
    }

    @Test
    void a_source_that_lost_what_a_replica_has_gives_nothing_and_says_so() {
        rescues.log("bin.000001", LogBytes.file(true).transaction(10).bytes());
        Archive archive = rescues.from(FlakyHost.steady(), new BinlogPosition("bin.000001", 100_000));
        assertThat(archive.isEmpty()).isTrue();
        assertThat(archive.origins().get(1)).contains("bytes only: its end was lost, replicas got events up to");
        assertThat(archive.reachedEnd()).isFalse();
        assertThat(archive.cut().sentence()).contains("its end was lost");
    }

    @Test
    void nor_does_one_whose_file_lost_even_its_head() {
        rescues.log("bin.000001", new byte[0]);
        Archive archive = rescues.from(FlakyHost.steady(), new BinlogPosition("bin.000001", 100_000));
        assertThat(archive.reachedEnd()).isFalse();
        assertThat(archive.cut().sentence()).contains("its end was lost");
    }

    @Test
    void what_it_wrote_after_that_is_saved_and_proves_nothing_either() {
        byte[] log = LogBytes.file(true).transaction(10).bytes();
        rescues.log("bin.000001", log).log("bin.000002", log);
        Archive archive = rescues.from(FlakyHost.steady(), new BinlogPosition("bin.000001", 100_000));
        assertThat(archive.transactions()).isEqualTo(1);
        assertThat(archive.reachedEnd()).isFalse();
    }

    @Test
    void a_missing_file_is_named() {
        byte[] log = LogBytes.file(true).transaction(10).bytes();
        rescues.log("bin.000001", log).log("bin.000003", log);
        assertThatThrownBy(() -> rescues.from(FlakyHost.steady(), new BinlogPosition("bin.000001", 4)))
                .hasMessageContaining("goes on with bin.000003 after bin.000001");
        assertThatThrownBy(() -> rescues.from(FlakyHost.steady(), new BinlogPosition("bin.000002", 4)))
                .isInstanceOf(MissingLogException.class)
                .hasMessageContaining("bin.000002 is not on root@db1:22 in " + rescues.logs());
    }

    @Test
    void a_connection_that_breaks_anywhere_changes_nothing() {
        LogBytes log = LogBytes.file(true).transaction(10).transaction(20);
        rescues.log("bin.000001", log.bytes());
        BinlogPosition from = new BinlogPosition("bin.000001", 4);
        Archive unbroken = rescues.from(FlakyHost.steady(), from);
        for (long after = 1; after < log.size() - HEAD; after += 5) {
            assertThat(rescues.from(FlakyHost.breaking(3, after), from)).isEqualTo(unbroken);
        }
    }

    @Test
    void a_connection_that_gives_nothing_any_more_ends_the_rescue_and_keeps_what_came() {
        LogBytes log = LogBytes.file(true).transaction(10).transaction(20);
        rescues.log("bin.000001", log.bytes());
        long after = log.transactionEnds().get(0) - HEAD + 5;
        FlakyHost host = FlakyHost.breaking(1, after);
        FlakyHost dead = FlakyHost.breaking(1000, 0);
        BinlogPosition from = new BinlogPosition("bin.000001", 4);
        assertThatThrownBy(() -> rescues.from(dead, from)).isInstanceOf(CommandException.class);
        try (BinlogRescue rescue = BinlogRescue.begin(rescues.settings(), from)) {
            LogPlace gone = new LogPlace(
                    FlakyHost.breaking(1000, 3), List.of(rescues.logs().toString()));
            assertThatThrownBy(() -> rescue.fromSource(gone, Rescues.expiring(200)))
                    .isInstanceOf(CommandException.class);
            rescue.fromSource(new LogPlace(host, List.of(rescues.logs().toString())), Rescues.deadline());
            Archive archive = rescue.finish();
            assertThat(archive.pieces().get(0).file()).hasBinaryContent(log.bytes());
            assertThat(archive.transactions()).isEqualTo(2);
        }
    }

    @Test
    void no_byte_is_fetched_when_there_is_no_room() {
        LogBytes log = LogBytes.file(true).transaction(10);
        rescues.log("bin.000001", log.bytes());
        FlakyHost host = FlakyHost.steady();
        BinlogPosition from = new BinlogPosition("bin.000001", 4);
        try (BinlogRescue rescue = BinlogRescue.begin(rescues.settings(), from, d -> Room.MARGIN + log.size() - 5)) {
            LogPlace place = new LogPlace(host, List.of(rescues.logs().toString()));
            assertThatThrownBy(() -> rescue.fromSource(place, Rescues.deadline()))
                    .isInstanceOf(ArchiveException.class)
                    .hasMessageStartingWith(rescues.workdir() + ": " + (log.size() - 4) + " bytes are to be saved");
        }
        assertThat(host.read()).isEmpty();
        assertThat(rescues.workdir()).isEmptyDirectory();
    }

    @Test
    void copies_go_on_where_the_one_before_ended() throws IOException {
        LogBytes log = LogBytes.file(true).transaction(10).transaction(20).transaction(30);
        int some = (int) (long) log.transactionEnds().get(1);
        Path less = Files.createDirectory(folder.resolve("less"));
        Path more = Files.createDirectory(folder.resolve("more"));
        Files.write(less.resolve("bin.000001"), Arrays.copyOf(log.bytes(), some + 7));
        Files.write(more.resolve("bin.000001"), log.bytes());
        BinlogPosition from =
                new BinlogPosition("bin.000001", log.transactionEnds().get(0));

        try (BinlogRescue rescue = BinlogRescue.begin(rescues.settings(), from)) {
            for (Path place : List.of(less, more, less)) {
                rescue.fromCopies(
                        new LogPlace(FlakyHost.steady(), List.of(place.toString())),
                        LogBytes.SERVER_ID,
                        Rescues.deadline());
            }
            assertThat(rescue.end()).isEqualTo(new BinlogPosition("bin.000001", log.size()));
            assertThat(Rescues.events(rescue.finish()))
                    .isEqualTo(Arrays.copyOfRange(log.bytes(), (int) from.offset(), (int) log.size()));
        }
    }

    @Test
    void the_log_of_another_server_is_no_copy() {
        rescues.log("bin.000001", LogBytes.file(true).transaction(10).bytes());
        LogPlace place = new LogPlace(FlakyHost.steady(), List.of(rescues.logs().toString()));
        try (BinlogRescue rescue = BinlogRescue.begin(rescues.settings(), new BinlogPosition("bin.000001", 4))) {
            assertThatThrownBy(() -> rescue.fromCopies(place, LogBytes.SERVER_ID + 1, Rescues.deadline()))
                    .isInstanceOf(ArchiveException.class)
                    .hasMessageContaining(
                            "was written by a server with server_id 11, not by the old source, which has 12;");
        }
    }
}
