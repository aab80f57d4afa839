package io.mha4j.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.mha4j.binlog.BinlogPosition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives among each other: listing, expiry, damage on disk. */
final class ArchiveStoreTest {
    private static final BinlogPosition HEAD = new BinlogPosition("bin.000001", 4);
    private static final Instant NOW = Instant.parse("2026-03-31T00:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void archives_are_listed_newest_first_and_others_files_are_not() throws IOException {
        Archive old = save("app1", "20260101000000", 90);
        Archive fresh = save("app1", "20260330000000", 1);
        Files.writeString(store().directory().resolve("saved_master_binlog_from_db1_3306_2026.json"), "{}");
        Files.writeString(store().directory().resolve("app1.failover.complete"), "");
        assertThat(store().readable()).containsExactly(fresh, old);
    }

    @Test
    void what_is_older_than_allowed_goes_but_never_an_applications_newest() {
        Archive oldest = save("app1", "20260101000000", 90);
        Archive older = save("app1", "20260201000000", 58);
        Archive newest = save("app1", "20260228000000", 31);
        Archive others = save("app2", "20260102000000", 89);
        assertThat(store().expire("app1", Duration.ofDays(30), NOW)).containsExactly(older, oldest);
        assertThat(store().readable()).containsExactly(newest, others);
        assertThat(oldest.pieces().get(0).file()).doesNotExist();
        assertThat(older.pieces().get(0).file()).doesNotExist();
        assertThat(newest.verify()).isEmpty();
    }

    @Test
    void notes_last_until_they_are_crossed_out_or_the_archive_goes() {
        Archive archive = save("app1", "20260101000000", 1);
        assertThat(archive.note("server2.link")).isEmpty();

        archive.note("server2.link", "old");
        archive.note("server2.link", "ü");
        archive.note("server3.link", "");
        assertThat(Archive.read(archive.description()).note("server2.link")).contains("ü");
        assertThat(store().readable()).containsExactly(archive);
        archive.crossOut("server2.link");
        assertThat(archive.note("server2.link")).isEmpty();
        assertThat(archive.note("server3.link")).contains("");

        store().delete(ArchiveName.of(archive.description()).orElseThrow());
        assertThat(store().directory()).isEmptyDirectory();
    }

    /** What a server was given it has, however long ago that was. */
    @Test
    void notes_outlast_an_archive_that_expires() {
        Archive old = save("app1", "20260101000000", 90);
        Archive fresh = save("app1", "20260330000000", 1);
        old.note("server2.given", "up to there");
        fresh.note("server2.applying", "");
        assertThat(store().expire("app1", Duration.ofDays(30), NOW)).containsExactly(old);
        assertThat(store().readable()).containsExactly(fresh);
        assertThat(store().notes())
                .extracting(ArchiveStore.Note::about, ArchiveStore.Note::text)
                .containsExactly(
                        tuple("server2.applying", Optional.of("")), tuple("server2.given", Optional.of("up to there")));
        assertThat(store().notes().get(1).archive().description()).isEqualTo(old.description());

        ArchiveStore.Note note = store().notes().get(0);
        store().notes().forEach(ArchiveStore.Note::crossOut);
        assertThat(note.text()).isEmpty();
        assertThat(store().notes()).isEmpty();
        assertThat(fresh.note("server2.applying")).isEmpty();
    }

    @Test
    void a_younger_one_is_kept_to_the_day() {
        save("app1", "20260330000000", 1);
        save("app1", "20260301000000", 30);
        assertThat(store().expire("app1", Duration.ofDays(30), NOW)).isEmpty();
        assertThat(store().expire("app1", Duration.ofDays(29), NOW)).hasSize(1);
    }

    /** An I/O error may come when the names are read one after the other. */
    @Test
    void a_directory_that_fails_while_it_is_read_is_named() {
        save("app1", "20260101000000", 1);
        assertThatThrownBy(() -> store().listed(
                                file -> {
                                    throw new UncheckedIOException(new IOException("Input/output error"));
                                },
                                Comparator.<Path>naturalOrder()))
                .isInstanceOf(ArchiveException.class)
                .hasMessage(store().directory() + ": cannot be read: Input/output error");
    }

    @Test
    void every_changed_byte_of_a_piece_is_found() throws IOException {
        Archive archive = save("app1", "20260101000000", 1);
        assertThat(archive.verify()).isEmpty();
        Path file = archive.pieces().get(0).file();
        byte[] good = Files.readAllBytes(file);
        for (int at = 0; at < good.length; at++) {
            byte[] bad = good.clone();
            bad[at] ^= 1;
            Files.write(file, bad);
            assertThat(archive.verify()).as("byte " + at).anyMatch(p -> p.contains("SHA-256"));
        }
        Files.delete(file);
        assertThat(archive.verify()).containsExactly(file + ": cannot be read: there is no such file");
    }

    private ArchiveStore store() {
        return new ArchiveStore(folder.resolve("work"));
    }

    private Archive save(String app, String time, int daysAgo) {
        Rescues rescues = Rescues.in(folder)
                .log("bin.000001", LogBytes.file(true).transaction(10).bytes());
        ArchiveName name = new ArchiveName(rescues.workdir(), "db1", 3306, time);
        RescueSettings settings =
                new RescueSettings(name, app, NOW.minus(Duration.ofDays(daysAgo)), pause -> {}, progress -> {});
        LogPlace place = new LogPlace(FlakyHost.steady(), List.of(rescues.logs().toString()));
        return BinlogRescue.fromSource(settings, place, HEAD, Rescues.deadline());
    }
}
