package io.mha4j.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.EventHeader;
import io.mha4j.binlog.EventType;
import io.mha4j.binlog.FormatDescription;
import io.mha4j.binlog.GtidSet;
import io.mha4j.binlog.Gtids;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading archives back: description, order, offsets, places. */
final class ArchiveTest {
    private static final Optional<Gtids> GTIDS = Optional.of(GtidSet.parse("6a9a3f31-0000-11ee-8000-000000000001:1-3"));

    @TempDir
    private Path folder;

    @Test
    void a_description_reads_back_as_it_was_written() throws IOException {
        Cut cut = new Cut(3, 200, 17, Optional.of(new Cut.Damaged("bin.000002", 900, 50, "zeros \"here\"")));
        LogBytes log = LogBytes.file(true).transaction(10);
        Archive archive = archive(GTIDS, cut, piece(1, "bin.000001", 4, log));
        write(archive);
        assertThat(Archive.read(archive.description())).isEqualTo(archive);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(archive.description())))
                .isEqualTo("rw-------");
    }

    @Test
    void an_archive_without_events_keeps_the_place_where_it_was_taken() throws IOException {
        Archive archive = archive(Optional.empty(), Cut.NOTHING);
        write(archive);
        Archive read = Archive.read(archive.description());
        assertThat(read.isEmpty()).isTrue();
        assertThat(read.end()).isEqualTo(read.start());
        try (EventCursor cursor = read.cursor(read.end())) {
            assertThat(cursor.advance()).isFalse();
        }
    }

    @Test
    void a_cursor_walks_the_events_of_all_pieces_with_their_source_offsets() throws IOException {
        LogBytes head = LogBytes.file(true);
        LogBytes first = LogBytes.eventsFrom(5000, true).transaction(10).rotateTo("bin.000002");
        LogBytes second = LogBytes.file(false).transaction(300_000).statement("CREATE TABLE t (a INT)");
        Archive archive = archive(
                GTIDS, Cut.NOTHING, piece(1, "bin.000001", 5000, head, first), piece(2, "bin.000002", 4, second));
        List<String> walked = new ArrayList<>();
        ByteArrayOutputStream copied = new ByteArrayOutputStream();
        try (EventCursor cursor = archive.cursor()) {
            while (cursor.advance()) {
                walked.add(cursor.sourceFile() + " " + cursor.start() + " " + cursor.end());
                assertThat(cursor.format().checksums())
                        .isEqualTo(cursor.sourceFile().equals("bin.000001"));
                assertThat(cursor.bytes()).hasSize((int) cursor.header().length());
                assertThat(cursor.head(19)).isEqualTo(Arrays.copyOf(cursor.bytes(), 19));
                assertThat(cursor.copyTo(copied)).isEqualTo(cursor.header().length());
            }
            assertThat(cursor.advance()).isFalse();
        }
        assertThat(walked).isEqualTo(expected(first, 5000, second));
        byte[] behindFormat = Arrays.copyOfRange(second.bytes(), head.bytes().length, second.bytes().length);
        assertThat(copied.toByteArray()).isEqualTo(joined(first.bytes(), behindFormat));
    }

    private static List<String> expected(LogBytes first, long firstStart, LogBytes second) {
        List<String> lines = new ArrayList<>();
        long start = firstStart;
        for (long end : first.ends()) {
            lines.add("bin.000001 " + start + " " + end);
            start = end;
        }
        start = LogBytes.file(false).size();
        for (long end : second.ends()) {
            lines.add("bin.000002 " + start + " " + end);
            start = end;
        }
        return lines;
    }

    @Test
    void a_cursor_begins_at_every_boundary_and_nowhere_else() throws IOException {
        LogBytes head = LogBytes.file(true);
        LogBytes log = LogBytes.eventsFrom(700, true).transaction(10).transaction(5);
        Archive archive = archive(GTIDS, Cut.NOTHING, piece(1, "bin.000001", 700, head, log));
        for (long offset = 700; offset <= log.size(); offset++) {
            BinlogPosition from = new BinlogPosition("bin.000001", offset);
            if (offset == 700 || log.ends().contains(offset)) {
                try (EventCursor cursor = archive.cursor(from)) {
                    assertThat(cursor.advance()).isEqualTo(offset < log.size());
                    assertThat(offset == log.size() || cursor.start() == offset).isTrue();
                }
            } else {
                assertThatThrownBy(() -> archive.cursor(from))
                        .isInstanceOf(ArchiveException.class)
                        .hasMessageStartingWith(from + " is in the middle of an event of ");
            }
        }
        assertThatThrownBy(() -> archive.cursor(new BinlogPosition("bin.000002", 4)))
                .hasMessageContaining("is not in " + archive.description() + ", which reaches from bin.000001:700 to ");
    }

    @Test
    void what_begins_at_the_end_of_a_file_that_a_crash_ended_is_read_from_the_next() throws IOException {
        LogBytes first = LogBytes.file(true).transaction(10);
        LogBytes second = LogBytes.file(true).transaction(10).transaction(20);
        BinlogPosition end = new BinlogPosition("bin.000001", first.size());
        Archive archive = Rescues.in(folder)
                .log("bin.000001", first.bytes())
                .log("bin.000002", second.bytes())
                .from(FlakyHost.inChunksOf(100), end);
        assertThat(archive.start()).isEqualTo(end);
        // An event of the next file ends at that very offset.
        assertThat(second.ends()).contains(first.size());
        try (EventCursor cursor = archive.cursor(end)) {
            assertThat(cursor.advance()).isTrue();
            assertThat(cursor.sourceFile()).isEqualTo("bin.000002");
            assertThat(cursor.start()).isEqualTo(LogBytes.file(true).size());
        }
    }

    @Test
    void the_end_of_one_file_and_the_beginning_of_the_next_are_the_same_place() throws IOException {
        LogBytes first = LogBytes.file(true).transaction(10).rotateTo("bin.000002");
        LogBytes second = LogBytes.file(true).transaction(20);
        Archive archive =
                archive(GTIDS, Cut.NOTHING, piece(1, "bin.000001", 4, first), piece(2, "bin.000002", 4, second));
        for (BinlogPosition place : List.of(
                new BinlogPosition("bin.000001", first.size()),
                new BinlogPosition("bin.000002", 4),
                new BinlogPosition("bin.000002", LogBytes.file(true).size()))) {
            try (EventCursor cursor = archive.cursor(place)) {
                assertThat(cursor.advance()).isTrue();
                assertThat(cursor.sourceFile()).isEqualTo("bin.000002");
                assertThat(cursor.start()).isEqualTo(LogBytes.file(true).size());
            }
        }
    }

    /** A replica never gets some events, the list of earlier GTIDs for one; its own position may be on either side. */
    @Test
    void both_sides_of_a_hole_are_the_same_place() throws IOException {
        LogBytes log = LogBytes.eventsFrom(200, true).transaction(10);
        Piece piece = piece(1, "bin.000001", 4, LogBytes.file(true), log);
        assertThat(piece.isContiguous()).isFalse();
        Archive archive = archive(GTIDS, Cut.NOTHING, piece);
        for (long offset : List.of(4L, LogBytes.file(true).size(), 150L, 200L)) {
            try (EventCursor cursor = archive.cursor(new BinlogPosition("bin.000001", offset))) {
                assertThat(cursor.advance()).isTrue();
                assertThat(cursor.start()).isEqualTo(200);
            }
        }
    }

    @Test
    void offsets_beyond_four_gibibytes_go_on_counting() throws IOException {
        long start = (1L << 32) - 90;
        LogBytes log = LogBytes.eventsFrom(start, true).transaction(10).transaction(10);
        Archive archive = archive(GTIDS, Cut.NOTHING, piece(1, "bin.000001", start, LogBytes.file(true), log));
        List<Long> ends = new ArrayList<>();
        try (EventCursor cursor = archive.cursor()) {
            while (cursor.advance()) {
                ends.add(cursor.end());
            }
        }
        assertThat(ends).isEqualTo(log.ends());
    }

    @Test
    void a_piece_that_lost_its_end_is_refused_by_name() throws IOException {
        Archive archive = archive(
                GTIDS,
                Cut.NOTHING,
                piece(1, "bin.000001", 4, LogBytes.file(true).transaction(10)));
        write(archive);
        Path file = archive.pieces().get(0).file();
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 150));
        assertThatThrownBy(() -> Archive.read(archive.description()))
                .isInstanceOf(ArchiveException.class)
                .hasMessageStartingWith(file + ": has 150 bytes instead of ");
        Files.delete(file);
        assertThatThrownBy(() -> Archive.read(archive.description()))
                .hasMessage(file + ": cannot be read: there is no such file");
    }

    @Test
    void what_is_no_description_is_refused_by_name() throws IOException {
        Path file = folder.resolve("a.json");
        for (String text : List.of("", "{", "[]", "{\"version\":1}", "{\"version\":1,\"pieces\":[{}]}")) {
            Files.writeString(file, text);
            assertThatThrownBy(() -> Archive.read(file))
                    .isInstanceOf(ArchiveException.class)
                    .hasMessageStartingWith(file + ": ");
        }
        Files.writeString(file, "{\"version\":2}");
        assertThatThrownBy(() -> Archive.read(file)).hasMessageContaining("use the version that wrote it");
    }

    private Piece piece(int number, String sourceFile, long start, LogBytes... parts) throws IOException {
        Path file = folder.resolve("saved_master_binlog_from_db1_3306_20260101000000." + number + ".binlog");
        byte[] bytes = joined(Arrays.stream(parts).map(LogBytes::bytes).toArray(byte[][]::new));
        Files.write(file, bytes);
        int length = (int) EventHeader.parse(bytes, 4).length();
        FormatDescription format = FormatDescription.parse(Arrays.copyOfRange(bytes, 4, 4 + length));
        assertThat(EventHeader.parse(bytes, 4).type()).isEqualTo(EventType.FORMAT_DESCRIPTION);
        LogBytes last = parts[parts.length - 1];
        return new Piece(
                file,
                sourceFile,
                start,
                last.size(),
                format,
                bytes.length,
                last.ends().size(),
                1,
                "00");
    }

    private Archive archive(Optional<Gtids> gtids, Cut cut, Piece... pieces) {
        BinlogPosition start = pieces.length == 0 ? new BinlogPosition("bin.000001", 77) : pieces[0].startPosition();
        Path description = folder.resolve("saved_master_binlog_from_db1_3306_20260101000000.json");
        return new Archive(
                description,
                "app1",
                "db1",
                3306,
                LogBytes.SERVER_ID,
                start,
                List.of(pieces),
                gtids,
                cut,
                true,
                List.of("the binary log of db1"),
                Instant.parse("2026-01-01T00:00:00Z"));
    }

    private static void write(Archive archive) throws IOException {
        PrivateFile.replace(archive.description(), DescriptionFile.text(archive));
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }
}
