package io.mha4j.cli.rescue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mha4j.archive.Archive;
import io.mha4j.archive.ArchiveName;
import io.mha4j.archive.BinlogRescue;
import io.mha4j.archive.LogPlace;
import io.mha4j.archive.RescueSettings;
import io.mha4j.base.Deadline;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.SampleLogs;
import io.mha4j.cli.command.Command;
import io.mha4j.cli.command.CommandLineSyntax;
import io.mha4j.cli.command.Terminal;
import io.mha4j.cli.command.UsageException;
import io.mha4j.remote.LocalHost;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code masterha archive} and {@code masterha binlog} print, on logs that real servers wrote. */
final class RescueCommandsTest {
    private static final String TIME = "20260101000000";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    @Test
    void an_archive_is_listed_shown_verified_and_deleted() throws IOException {
        Archive archive = save();
        assertThat(archive("list")).isZero();
        assertThat(text())
                .contains("db1:3306")
                .contains("  " + archive.transactions() + "  ")
                .contains("yes        saved_master_binlog_from_db1_3306_" + TIME + ".json");
        assertThat(archive("show")).isZero();
        assertThat(text())
                .contains("range         " + archive.start() + " to " + archive.end())
                .contains("complete      yes; nothing was cut off")
                .contains("GTIDs         " + archive.gtids().orElseThrow());
        assertThat(archive("verify", TIME)).isZero();
        assertThat(text()).startsWith(archive.description() + ": good: " + archive.transactions() + " transactions");
        assertThat(archive("delete", archive.description().getFileName().toString()))
                .isZero();
        assertThat(text()).startsWith("Deleted " + archive.description() + " and its pieces.");
        assertThat(folder).isEmptyDirectory();
        assertThat(archive()).isZero();
        assertThat(text()).isEqualToIgnoringNewLines("No archives.");
    }

    /** Notes of what slaves were given outlast it. */
    @Test
    void one_that_is_gone_but_for_its_notes_is_listed_and_deleted() {
        Archive archive = save();
        archive.note("server2.given", "{}");
        archive.pieces().forEach(piece -> piece.file().toFile().delete());
        assertThat(archive.description().toFile().delete()).isTrue();
        assertThat(archive("list")).isZero();
        assertThat(text()).contains(archive.description() + ": expired; ");
        assertThat(archive("delete", TIME)).isZero();
        assertThat(text()).startsWith("Deleted the notes of " + archive.description());
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void json_is_the_description() throws IOException {
        Archive archive = save();
        assertThat(archive("list", "--json")).isZero();
        JsonNode json = new ObjectMapper().readTree(text());
        assertThat(json).hasSize(1);
        assertThat(json.get(0).get("transactions").asLong()).isEqualTo(archive.transactions());
        assertThat(json.get(0).get("reached_end").asBoolean()).isTrue();
    }

    @Test
    void damage_on_disk_is_told_with_status_1() throws IOException {
        Archive archive = save();
        Path piece = archive.pieces().get(0).file();
        byte[] bytes = Files.readAllBytes(piece);
        bytes[bytes.length / 2] ^= 1;
        Files.write(piece, bytes);
        assertThat(archive("verify")).isEqualTo(1);
        assertThat(text()).contains(piece + ": its SHA-256 is not the one in the description");
        Files.delete(piece);
        assertThat(archive("list")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains(piece + ": cannot be read: there is no such file");
    }

    @Test
    void what_is_not_there_is_refused_by_name() {
        Assertions.assertThatThrownBy(() -> archive("show", "nothing"))
                .isInstanceOf(UsageException.class)
                .hasMessage("there is no archive nothing; archive list tells the names");
        Assertions.assertThatThrownBy(() -> archive("burn")).hasMessageContaining("one of list, show, verify, delete");
        Assertions.assertThatThrownBy(() -> archive("delete")).hasMessageContaining("needs the name of the archive");
    }

    @Test
    void events_are_listed_with_places_sizes_gtids_and_statements() throws IOException {
        assertThat(binlog(sample("8.0.15-row").toString())).isZero();
        String[] lines = text().split("\n", -1);
        assertThat(lines[0]).isEqualTo("# " + sample("8.0.15-row"));
        assertThat(lines[1]).matches(" +4  FORMAT_DESCRIPTION .* crc32 ok  8\\.0\\.15.*, CRC32");
        assertThat(lines[2]).matches(" +124  PREVIOUS_GTIDS .*");
        assertThat(String.join("\n", lines))
                .containsPattern("GTID .*  [0-9a-f]{8}-[0-9a-f-]{27}:1\n")
                .contains(": CREATE ");
        assertThat(binlog(sample("mariadb-10.11-row").toString())).isZero();
        assertThat(text()).containsPattern("GTID .*  0-1-\\d+\n");
    }

    @Test
    void transactions_are_one_line_each() throws IOException {
        Archive archive = save();
        assertThat(binlog("--transactions", archive.pieces().get(0).file().toString()))
                .isZero();
        String[] lines = text().strip().split("\n", -1);
        assertThat(lines).hasSize((int) archive.pieces().get(0).transactions() + 1);
        assertThat(lines[1]).containsPattern("[0-9a-f-]{36}:1 .* events .* bytes");
        assertThat(binlog("--json", "--transactions", archive.description().toString()))
                .isZero();
        String json = text();
        assertThat(json.lines()).hasSize((int) archive.transactions());
        assertThat(new ObjectMapper()
                        .readTree(json.lines().findFirst().orElseThrow())
                        .get("whole")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void a_range_begins_and_ends_where_it_is_told_to() throws IOException {
        binlog("--json", sample("5.7.22-row").toString());
        List<String> all = text().lines().toList();
        long third = new ObjectMapper().readTree(all.get(2)).get("offset").asLong();
        long sixth = new ObjectMapper().readTree(all.get(5)).get("offset").asLong();
        binlog(
                "--json",
                "--start_position=" + third,
                "--stop_position=" + sixth,
                sample("5.7.22-row").toString());
        assertThat(text().lines()).isEqualTo(all.subList(2, 5));
    }

    @Test
    void a_torn_and_a_damaged_log_are_told_with_status_1() throws IOException {
        byte[] bytes = Files.readAllBytes(sample("9.7-row"));
        Path torn = Files.write(folder.resolve("torn.000001"), Arrays.copyOf(bytes, bytes.length - 3));
        assertThat(binlog(torn.toString())).isEqualTo(1);
        assertThat(text()).contains("# ends in the middle of an event, ");
        bytes[bytes.length / 2] ^= 1;
        Path bad = Files.write(folder.resolve("bad.000001"), bytes);
        assertThat(binlog("--json", bad.toString())).isEqualTo(1);
        assertThat(text()).containsPattern("\\{\"problem\":\"damaged at offset \\d+: the checksum of ");
    }

    private int archive(String... args) {
        String[] all = Arrays.copyOf(args, args.length + 1);
        all[args.length] = "--manager_workdir=" + folder;
        return run(new ArchiveCommand(), all);
    }

    private int binlog(String... args) {
        return run(new BinlogCommand(), args);
    }

    private int run(Command command, String... args) {
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new ByteArrayInputStream(new byte[0]));
        return command.run(CommandLineSyntax.parse(command, List.of(args)), terminal);
    }

    /** What was printed since the last call. */
    private String text() {
        String text = out.toString(StandardCharsets.UTF_8);
        out.reset();
        return text;
    }

    private Archive save() {
        Path log = sample("5.7.22-row");
        RescueSettings settings = new RescueSettings(
                new ArchiveName(folder, "db1", 3306, TIME),
                "app1",
                Instant.parse("2026-01-01T00:00:00Z"),
                pause -> {},
                progress -> {});
        LogPlace place =
                new LogPlace(new LocalHost(), List.of(log.resolveSibling("").toString()));
        return BinlogRescue.fromSource(
                settings,
                place,
                new BinlogPosition(log.getFileName().toString(), 4),
                Deadline.in(Duration.ofMinutes(2), System::nanoTime));
    }

    private static Path sample(String set) {
        return SampleLogs.folder(set, "source").resolve("mysql-bin.000001");
    }
}
