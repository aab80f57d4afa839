package io.mha4j.archive.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.archive.ArchiveException;
import io.mha4j.archive.EventCursor;
import io.mha4j.archive.place.LogFiles;
import io.mha4j.base.Deadline;
import io.mha4j.binlog.Event;
import io.mha4j.binlog.EventHeader;
import io.mha4j.binlog.EventScanner;
import io.mha4j.binlog.EventType;
import io.mha4j.binlog.SampleLogs;
import io.mha4j.binlog.TransactionReader;
import io.mha4j.remote.LocalHost;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Joining the ends of logs, on recorded logs of real servers. */
final class LogConcatTest {
    private static final Set<Integer> NOT_EXECUTED =
            Set.of(EventType.FORMAT_DESCRIPTION, EventType.ROTATE, EventType.STOP, EventType.PREVIOUS_GTIDS);

    private static final int CREATED_AT = EventHeader.BYTES + 52;

    private final List<String> said = new ArrayList<>();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"5.5.9-row", "5.6.24-row", "5.7.22-row", "8.0.15-row", "9.7-row", "mariadb-10.11-row"})
    void everything_behind_a_boundary_is_joined_over_changes_of_the_checksum(String server) throws IOException {
        Path source = SampleLogs.folder(server, "source");
        List<Event> first = events(source.resolve("mysql-bin.000001"));
        Event start = first.get(first.size() / 2);
        Path out = folder.resolve("out");
        assertThat(concat(source, "mysql-bin.000001").concat("mysql-bin.000001", start.offset(), out))
                .isTrue();
        ByteArrayOutputStream wanted = new ByteArrayOutputStream();
        try (Stream<Path> files = Files.list(source)) {
            for (Path file : files.sorted().toList()) {
                long from = file.endsWith("mysql-bin.000001") ? start.offset() : 4;
                addExecuted(file, from, wanted);
            }
        }
        assertThat(executed(List.of(out))).isEqualTo(wanted.toByteArray());
        assertThat(said.get(0))
                .isEqualTo(" Concat binary/relay logs from mysql-bin.000001 pos " + start.offset() + " to "
                        + last(source) + " EOF into " + out + " ..");
        assertThat(said).last().isEqualTo(" Concat succeeded.");
    }

    @Test
    void nothing_behind_the_position_is_told() throws IOException {
        Path source = SampleLogs.folder("5.7.22-row", "source");
        Path alone = Files.createDirectory(folder.resolve("logs"));
        Path log = Files.copy(source.resolve("mysql-bin.000001"), alone.resolve("mysql-bin.000001"));
        Path out = folder.resolve("out");
        long size = Files.size(log);
        assertThat(concat(alone, "mysql-bin.000001").concat("mysql-bin.000001", size, out))
                .isFalse();
        assertThat(said)
                .contains("  No need to dump effective binlog data from " + log + " (pos starts " + size + ", filesize "
                        + size + "). Skipping.");
        assertThat(said).last().isEqualTo(" " + out + " has no effective data events.");
    }

    @Test
    void a_torn_end_is_left_out_and_whole_events_before_it_stay() throws IOException {
        byte[] bytes =
                Files.readAllBytes(SampleLogs.folder("8.0.15-row", "source").resolve("mysql-bin.000001"));
        Path alone = Files.createDirectory(folder.resolve("logs"));
        List<Event> all = events(SampleLogs.folder("8.0.15-row", "source").resolve("mysql-bin.000001"));
        for (int cut = 1; cut < 200; cut += 13) {
            int length = bytes.length - cut;
            Files.write(alone.resolve("mysql-bin.000001"), Arrays.copyOf(bytes, length));
            Path out = folder.resolve("out");
            concat(alone, "mysql-bin.000001").concat("mysql-bin.000001", 4, out);
            long whole = all.stream()
                    .mapToLong(Event::endOffset)
                    .filter(e -> e <= length)
                    .max()
                    .orElseThrow();
            assertThat(out).hasBinaryContent(Arrays.copyOf(bytes, (int) whole));
        }
    }

    @Test
    void only_the_last_file_that_is_applied_may_end_in_the_middle_of_an_event() throws IOException {
        Path source = SampleLogs.folder("8.0.15-row", "source");
        Path first = source.resolve("mysql-bin.000001");
        byte[] bytes = Files.readAllBytes(first);
        Event last = events(first).stream()
                .filter(event -> event.type() == EventType.XID)
                .reduce((a, b) -> b)
                .orElseThrow();
        Path torn = Files.write(folder.resolve("torn"), Arrays.copyOf(bytes, (int) last.offset() + 25));
        Path whole = Files.write(folder.resolve("whole"), Arrays.copyOf(bytes, (int) last.offset()));
        assertThat(executed(List.of(torn))).isEqualTo(executed(List.of(whole)));
        try (FileCursor cursor = new FileCursor(List.of(whole, torn))) {
            while (cursor.advance()) {
                assertThat(cursor.leftOut()).isEmpty();
            }
            assertThat(cursor.leftOut())
                    .contains(
                            torn + " ends in the middle of the event at offset " + last.offset()
                                    + ": the last 25 bytes were left out, as a crash leaves a log; a copy that was cut off looks the same");
        }
        assertThatThrownBy(() -> executed(List.of(torn, whole)))
                .isInstanceOf(ArchiveException.class)
                .hasMessage(torn + " ends in the middle of an event, and " + whole + " follows");
    }

    @Test
    void a_position_inside_an_event_and_a_damaged_file_in_the_middle_are_refused() throws IOException {
        Path source = SampleLogs.folder("8.0.15-row", "source");
        List<Event> first = events(source.resolve("mysql-bin.000001"));
        long inside = first.get(5).offset() + 3;
        assertThatThrownBy(() ->
                        concat(source, "mysql-bin.000001").concat("mysql-bin.000001", inside, folder.resolve("out")))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("begins at " + inside);
        Path copies = Files.createDirectory(folder.resolve("logs"));
        byte[] bytes = Files.readAllBytes(source.resolve("mysql-bin.000001"));
        bytes[bytes.length / 2] ^= 1;
        Files.write(copies.resolve("mysql-bin.000001"), bytes);
        Files.copy(source.resolve("mysql-bin.000002"), copies.resolve("mysql-bin.000002"));
        assertThatThrownBy(
                        () -> concat(copies, "mysql-bin.000001").concat("mysql-bin.000001", 4, folder.resolve("out")))
                .hasMessageContaining("mysql-bin.000001 is damaged at offset ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.6.24-row", "8.0.15-row", "mariadb-10.11-row"})
    void a_damage_at_the_place_that_is_asked_for_is_not_nothing(String server) throws IOException {
        Path log = Files.createDirectory(folder.resolve("logs")).resolve("mysql-bin.000001");
        byte[] bytes = Files.readAllBytes(SampleLogs.folder(server, "source").resolve("mysql-bin.000001"));
        List<Event> all = events(SampleLogs.folder(server, "source").resolve("mysql-bin.000001"));
        Event wanted = all.get(all.size() / 2);
        int at = (int) wanted.offset();
        byte[] spoilt = bytes.clone();
        spoilt[at + 9] = 3;
        spoilt[at + 10] = 0;
        Files.write(log, spoilt);
        Path out = folder.resolve("out");
        LogConcat concat = concat(folder.resolve("logs"), "mysql-bin.000001");
        assertThatThrownBy(() -> concat.concat("mysql-bin.000001", at, out))
                .hasMessageContaining(log + " is damaged at offset " + at);
        assertThatThrownBy(() -> concat.concat("mysql-bin.000001", wanted.endOffset(), out))
                .as("behind the damage")
                .hasMessageContaining(log + " is damaged at offset " + at);
        long before = all.get(all.size() / 2 - 1).offset();
        assertThat(concat.concat("mysql-bin.000001", before, out)).isTrue();
        assertThat(said).anyMatch(line -> line.startsWith("  Left out everything from offset " + at));

        Files.write(log, Arrays.copyOf(Arrays.copyOf(bytes, at), at + 8192));
        assertThat(concat.concat("mysql-bin.000001", at, out))
                .as("zeros are nothing")
                .isFalse();
    }

    @Test
    void events_that_are_encrypted_are_an_error_also_behind_others() throws IOException {
        Path log = Files.createDirectory(folder.resolve("logs")).resolve("mysql-bin.000001");
        byte[] bytes = Files.readAllBytes(
                SampleLogs.folder("mariadb-10.11-row", "source").resolve("mysql-bin.000001"));
        List<Event> all =
                events(SampleLogs.folder("mariadb-10.11-row", "source").resolve("mysql-bin.000001"));
        Event replaced = all.get(all.size() / 2);
        bytes[(int) replaced.offset() + 4] = (byte) EventType.MARIADB_START_ENCRYPTION;
        Files.write(log, bytes);
        assertThatThrownBy(() -> concat(folder.resolve("logs"), "mysql-bin.000001")
                        .concat("mysql-bin.000001", 4, folder.resolve("out")))
                .hasMessageContaining("encrypt_binlog");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 40})
    void a_file_that_was_hardly_begun_holds_nothing(int bytes) throws IOException {
        Path source = SampleLogs.folder("8.0.15-row", "source");
        Path logs = Files.createDirectory(folder.resolve("logs"));
        Files.copy(source.resolve("mysql-bin.000001"), logs.resolve("mysql-bin.000001"));
        Path out = folder.resolve("out");
        concat(logs, "mysql-bin.000001").concat("mysql-bin.000001", 4, out);
        byte[] alone = executed(List.of(out));
        byte[] begun = Arrays.copyOf(Files.readAllBytes(source.resolve("mysql-bin.000002")), bytes);
        Files.write(logs.resolve("mysql-bin.000002"), begun);
        assertThat(concat(logs, "mysql-bin.000001").concat("mysql-bin.000001", 4, out))
                .isTrue();
        assertThat(said).contains("  mysql-bin.000002 has no whole format description; it holds nothing.");
        assertThat(executed(List.of(out))).isEqualTo(alone);
        assertThat(concat(logs, "mysql-bin.000002").concat("mysql-bin.000002", 4, out))
                .isFalse();
        Files.copy(source.resolve("mysql-bin.000003"), logs.resolve("mysql-bin.000003"));
        assertThat(concat(logs, "mysql-bin.000002").concat("mysql-bin.000002", 4, out))
                .isTrue();
        assertThat(executed(List.of(out))).isEqualTo(executed(List.of(source.resolve("mysql-bin.000003"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.5.9-row", "8.0.15-row", "mariadb-10.11-row"})
    void what_a_crashed_source_left_unfinished_is_left_out_where_it_was_started_again(String server)
            throws IOException {
        Path source = SampleLogs.folder(server, "source");
        Path logs = Files.createDirectory(folder.resolve("logs"));
        Path begun = source.resolve("mysql-bin.000001");
        List<Event> all = events(begun);
        Event xid = all.stream()
                .filter(event -> event.type() == EventType.XID)
                .skip(2)
                .findFirst()
                .orElseThrow();
        byte[] bytes = Files.readAllBytes(begun);
        Files.write(logs.resolve("mysql-bin.000001"), Arrays.copyOf(bytes, (int) xid.offset()));
        Files.copy(begun, logs.resolve("mysql-bin.000002"));
        Path out = folder.resolve("out");
        concat(logs, "mysql-bin.000001").concat("mysql-bin.000001", 4, out);
        TransactionReader transactions = new TransactionReader();
        all.stream().filter(event -> event.offset() < xid.offset()).forEach(transactions::accept);
        ByteArrayOutputStream wanted = new ByteArrayOutputStream();
        Path whole = folder.resolve("whole");
        Files.write(whole, Arrays.copyOf(bytes, (int) transactions.endOfLastWhole()));
        addExecuted(whole, 4, wanted);
        addExecuted(begun, 4, wanted);
        assertThat(executed(List.of(out))).isEqualTo(wanted.toByteArray());

        Files.copy(
                source.resolve("mysql-bin.000002"),
                logs.resolve("mysql-bin.000002"),
                StandardCopyOption.REPLACE_EXISTING);
        concat(logs, "mysql-bin.000001").concat("mysql-bin.000001", 4, out);
        assertThat(executed(List.of(out)))
                .as("not started again")
                .startsWith(executed(List.of(logs.resolve("mysql-bin.000001"))));
    }

    /** By the log of a server that writes what another wrote first, too: there the events' writer is not the log's. */
    @Test
    void what_an_intermediate_source_left_unfinished_is_left_out_too() throws IOException {
        Path logs = Files.createDirectory(folder.resolve("logs"));
        Path begun = SampleLogs.folder("5.5.9-row", "source").resolve("mysql-bin.000001");
        byte[] bytes = Files.readAllBytes(begun);
        for (Event event : events(begun)) {
            bytes[(int) event.offset() + 5] = (byte) (event.type() == EventType.FORMAT_DESCRIPTION ? 1 : 9);
        }
        int cut = insideLastTransaction(begun);
        Files.write(logs.resolve("mysql-bin.000001"), Arrays.copyOf(bytes, cut));
        Files.write(logs.resolve("mysql-bin.000002"), bytes);
        concat(logs, "mysql-bin.000001").concat("mysql-bin.000001", 4, folder.resolve("out"));
        assertThat(said).anyMatch(line -> line.startsWith("  Left out an unfinished transaction of "));
    }

    @Test
    void what_a_source_left_unfinished_is_left_out_of_relay_logs_where_it_was_started_again() throws IOException {
        Path logs = Files.createDirectory(folder.resolve("logs"));
        Path unfinished = logs.resolve("relay-bin.000002");
        Path first = SampleLogs.folder("5.5.9-row", "replica").resolve("relay-bin.000002");
        Files.write(unfinished, Arrays.copyOf(Files.readAllBytes(first), insideLastTransaction(first)));
        Path next = logs.resolve("relay-bin.000003");
        Files.write(next, nextFile(0, 1));
        LogConcat concat = concat(logs, "relay-bin.000002");
        concat.concat("relay-bin.000002", 4, folder.resolve("out"));
        assertThat(said).anyMatch(line -> line.startsWith("  Left out an unfinished transaction of "));
        assertThat(starts(List.of(folder.resolve("out")))).isZero();
        assertThat(starts(List.of(unfinished, next)))
                .as("told whoever executes them as they are")
                .isEqualTo(1);

        said.clear();
        Files.write(next, nextFile(1, 0));
        concat.concat("relay-bin.000002", 4, folder.resolve("out"));
        assertThat(said)
                .as("the replica was started again")
                .noneMatch(line -> line.startsWith("  Left out an unfinished transaction of "));
        assertThat(starts(List.of(unfinished, next))).isZero();
        assertThat(starts(List.of(unfinished, first)))
                .as("the same file of the source goes on")
                .isZero();
    }

    /** A relay log that holds the beginning of the source's second file. */
    private static byte[] nextFile(int replicaStarted, int sourceStarted) throws IOException {
        Path file = SampleLogs.folder("5.5.9-row", "replica").resolve("relay-bin.000005");
        byte[] bytes = Files.readAllBytes(file);
        List<Event> formats = events(file).stream()
                .filter(event -> event.type() == EventType.FORMAT_DESCRIPTION)
                .toList();
        assertThat(formats).hasSize(2);
        bytes[(int) formats.get(0).offset() + CREATED_AT] = (byte) replicaStarted;
        bytes[(int) formats.get(1).offset() + CREATED_AT] = (byte) sourceStarted;
        return bytes;
    }

    private static int insideLastTransaction(Path file) throws IOException {
        return (int) events(file).stream()
                .filter(event -> event.type() == EventType.XID)
                .reduce((a, b) -> b)
                .orElseThrow()
                .offset();
    }

    /** How many events stand behind a start of the source. */
    private static int starts(List<Path> files) {
        int starts = 0;
        try (EventCursor cursor = new FileCursor(files)) {
            while (cursor.advance()) {
                starts += cursor.isBehindStart() ? 1 : 0;
            }
        }
        return starts;
    }

    private LogConcat concat(Path directory, String file) {
        return new LogConcat(logs(directory, file), pause -> {}, deadline(), said::add);
    }

    static LogFiles logs(Path directory, String file) {
        return LogFiles.holding(new LocalHost(), List.of(directory.toString()), file, deadline());
    }

    static Deadline deadline() {
        return Deadline.in(Duration.ofMinutes(5), System::nanoTime);
    }

    static byte[] executed(List<Path> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (EventCursor cursor = new FileCursor(files)) {
            while (cursor.advance()) {
                assertThat(cursor.copyTo(bytes)).isEqualTo(cursor.bytes().length);
            }
        }
        return bytes.toByteArray();
    }

    static void addExecuted(Path file, long from, ByteArrayOutputStream to) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        for (Event event : events(file)) {
            if (event.offset() >= from && !NOT_EXECUTED.contains(event.type())) {
                to.write(bytes, (int) event.offset(), (int) event.header().length());
            }
        }
    }

    static List<Event> events(Path file) throws IOException {
        List<Event> events = new ArrayList<>();
        byte[] bytes = Files.readAllBytes(file);
        EventScanner.fromStart(events::add).accept(bytes, 0, bytes.length);
        return events;
    }

    static String last(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(f -> f.getFileName().toString())
                    .sorted()
                    .reduce((a, b) -> b)
                    .orElseThrow();
        }
    }
}
