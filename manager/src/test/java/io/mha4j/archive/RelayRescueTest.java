package io.mha4j.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.Event;
import io.mha4j.binlog.EventHeader;
import io.mha4j.binlog.EventScanner;
import io.mha4j.binlog.EventType;
import io.mha4j.binlog.RelayLogMap;
import io.mha4j.binlog.RelayRun;
import io.mha4j.binlog.SampleLogs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Saving what a source wrote from its replica's relay logs, on recorded logs of real servers. */
final class RelayRescueTest {
    /** Stand in a source's file and never reach a replica, or not as they were. */
    private static final Set<Integer> NOT_SENT = Set.of(EventType.PREVIOUS_GTIDS, EventType.STOP);

    /** MariaDB's replicas unpack what is compressed. */
    private static final Map<Integer, Integer> UNPACKED =
            Map.of(165, 2, 166, 23, 167, 24, 168, 25, 169, 30, 170, 31, 171, 32);

    @TempDir
    private Path folder;

    static Stream<String> servers() throws IOException {
        try (Stream<Path> sets = Files.list(SampleLogs.root())) {
            return sets
                    .filter(set -> Files.isDirectory(set.resolve("replica")))
                    .map(set -> set.getFileName().toString())
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void relay_logs_give_the_events_that_the_source_wrote(String server) throws IOException {
        Path source = SampleLogs.folder(server, "source");
        BinlogPosition from = beginning(server);
        Archive direct = BinlogRescue.fromSource(
                Rescues.in(folder.resolve("a")).settings(), place(source), from, Rescues.deadline());
        Archive relayed = fromRelayLogs(server, from);
        assertThat(described(relayed)).isEqualTo(described(direct));
        assertThat(relayed.transactions()).isEqualTo(direct.transactions());
        assertThat(relayed.gtids()).isEqualTo(direct.gtids());
        assertThat(relayed.end()).isEqualTo(direct.end());
        assertThat(relayed.verify()).isEmpty();
        assertThat(direct.verify()).isEmpty();
        assertThat(Archive.read(relayed.description())).isEqualTo(relayed);
    }

    /** The least advanced replica may stand anywhere between two transactions; the source may be unreadable from anywhere. */
    @ParameterizedTest
    @MethodSource("servers")
    void relay_logs_and_the_sources_own_log_join_without_a_seam(String server) throws IOException {
        Path source = SampleLogs.folder(server, "source");
        BinlogPosition from = beginning(server);
        Archive direct = BinlogRescue.fromSource(
                Rescues.in(folder.resolve("a")).settings(), place(source), from, Rescues.deadline());
        Rescues joined = Rescues.in(folder.resolve("b"));
        Path cutReplica = Files.createDirectories(folder.resolve("replica"));
        List<String> relayLogs = names(SampleLogs.folder(server, "replica"));
        int half = relayLogs.size() / 2;
        for (String name : relayLogs.subList(0, half)) {
            Files.copy(SampleLogs.folder(server, "replica").resolve(name), cutReplica.resolve(name));
        }
        try (BinlogRescue rescue = BinlogRescue.begin(joined.settings(), from)) {
            rescue.fromRelayLogs(place(cutReplica), alone(relayLogs.get(0)), Rescues.deadline());
            assertThat(rescue.end()).isGreaterThan(from).isLessThan(direct.end());
            rescue.fromSource(place(source), Rescues.deadline());
            Archive archive = rescue.finish();
            assertThat(described(archive)).isEqualTo(described(direct));
            assertThat(archive.gtids()).isEqualTo(direct.gtids());
            assertThat(archive.end()).isEqualTo(direct.end());
            assertThat(archive.verify()).isEmpty();
        }
    }

    @Test
    void a_position_that_the_relay_logs_never_held_is_refused() throws IOException {
        String server = servers().findFirst().orElseThrow();
        BinlogPosition beyond = new BinlogPosition("mysql-bin.000099", 4);
        assertThatThrownBy(() -> fromRelayLogs(server, beyond))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("do not hold mysql-bin.000099:4");
    }

    @Test
    void a_relay_log_that_is_missing_where_the_position_is_leaves_the_rest_behind_a_gap() throws IOException {
        Path replica = replica("8.0.15-row");
        List<RelayRun> runs = map(replica).runs();
        String newest = runs.get(runs.size() - 1).relayFile();
        RelayRun last = runs.get(0);
        for (RelayRun run : runs) {
            if (run.relayFile().equals(runs.get(0).relayFile())) {
                last = run;
            } else if (!run.relayFile().equals(newest)) {
                Files.deleteIfExists(replica.resolve(run.relayFile()));
            }
        }
        BinlogPosition from = new BinlogPosition(last.sourceFile(), last.end());
        Archive archive = fromRelayLogs(replica, alone(names(replica).get(0)), from);
        assertThat(archive.isEmpty()).isTrue();
        assertThat(archive.reachedEnd()).isFalse();
        assertThat(archive.origins()).anyMatch(o -> o.startsWith("the relay logs hold more behind a gap: "));
    }

    @Test
    void relay_logs_that_end_before_what_the_replica_received_are_not_all() throws IOException {
        Path replica = replica("8.0.15-row");
        Archive whole = fromRelayLogs(replica, alone(names(replica).get(0)), beginning("8.0.15-row"));
        assertThat(fromRelayLogs(replica, receivedUpTo(replica, whole.end(), 0), whole.end())
                        .reachedEnd())
                .isTrue();
        Archive less = fromRelayLogs(replica, receivedUpTo(replica, whole.end(), 100), beginning("8.0.15-row"));
        assertThat(less.end()).isEqualTo(whole.end());
        assertThat(less.reachedEnd()).isFalse();
    }

    private static BinlogRescue.RelayLogs receivedUpTo(Path replica, BinlogPosition end, int more) throws IOException {
        return new BinlogRescue.RelayLogs(
                names(replica).get(0),
                Optional.empty(),
                Optional.of(new BinlogPosition(end.file(), end.offset() + more)));
    }

    @Test
    void what_is_behind_damage_in_the_newest_relay_log_is_not_known() throws IOException {
        Path replica = replica("8.0.15-row");
        List<RelayRun> runs = map(replica).runs();
        RelayRun newest = runs.get(runs.size() - 1);
        byte[] bytes = Files.readAllBytes(replica.resolve(newest.relayFile()));
        bytes[(int) newest.relayEnd() - 1] ^= 1;
        Files.write(replica.resolve(newest.relayFile()), bytes);
        Archive archive = fromRelayLogs(replica, alone(names(replica).get(0)), beginning("8.0.15-row"));
        assertThat(archive.isEmpty()).isFalse();
        assertThat(archive.reachedEnd()).isFalse();
        assertThat(archive.origins()).anyMatch(o -> o.contains("is unreadable from"));
    }

    @Test
    void damage_behind_all_that_was_received_is_noted_and_nothing_lacks() throws IOException {
        Path replica = replica("8.0.15-row");
        BinlogPosition end =
                fromRelayLogs("8.0.15-row", beginning("8.0.15-row")).end();
        List<RelayRun> runs = map(replica).runs();
        Files.write(replica.resolve(runs.get(runs.size() - 1).relayFile()), new byte[512], StandardOpenOption.APPEND);
        assertThat(fromRelayLogs(replica, receivedUpTo(replica, end, 100), beginning("8.0.15-row"))
                        .reachedEnd())
                .isFalse();
        Archive archive = fromRelayLogs(replica, receivedUpTo(replica, end, 0), beginning("8.0.15-row"));
        assertThat(archive.end()).isEqualTo(end);
        assertThat(archive.origins()).anyMatch(o -> o.contains("is unreadable from"));
        assertThat(archive.reachedEnd()).isTrue();
    }

    private Path replica(String server) throws IOException {
        Path replica = Files.createDirectory(folder.resolve("copy"));
        Path recorded = SampleLogs.folder(server, "replica");
        for (String name : names(recorded)) {
            Files.copy(recorded.resolve(name), replica.resolve(name));
        }
        return replica;
    }

    private Archive fromRelayLogs(String server, BinlogPosition from) throws IOException {
        Path replica = SampleLogs.folder(server, "replica");
        return fromRelayLogs(replica, alone(names(replica).get(0)), from);
    }

    private Archive fromRelayLogs(Path replica, BinlogRescue.RelayLogs known, BinlogPosition from) {
        try (BinlogRescue rescue =
                BinlogRescue.begin(Rescues.in(folder.resolve("b")).settings(), from)) {
            rescue.fromRelayLogs(place(replica), known, Rescues.deadline());
            return rescue.finish();
        }
    }

    private static BinlogRescue.RelayLogs alone(String relayLog) {
        return new BinlogRescue.RelayLogs(relayLog, Optional.empty(), Optional.empty());
    }

    /** As after FLUSH RELAY LOGS of the replica, when those before are purged. */
    @ParameterizedTest
    @ValueSource(strings = {"5.7.22-row", "8.0.15-row", "mariadb-10.11-row"})
    void relay_logs_that_never_name_the_sources_file_are_read_by_the_name_that_the_replica_shows(String server)
            throws IOException {
        BinlogPosition from = begunByTheReplica(server);
        BinlogRescue.RelayLogs known = new BinlogRescue.RelayLogs(
                "relay-bin.000002", Optional.of(from.file()), Optional.of(new BinlogPosition("mysql-bin.000001", 4)));
        Archive relayed = fromRelayLogs(folder.resolve("replica"), known, from);
        Archive direct = BinlogRescue.fromSource(
                Rescues.in(folder.resolve("a")).settings(),
                place(SampleLogs.folder(server, "source")),
                from,
                Rescues.deadline());
        List<String> events = described(relayed);
        assertThat(events).hasSizeGreaterThan(50);
        assertThat(described(direct).subList(0, events.size())).isEqualTo(events);
        assertThat(relayed.verify()).isEmpty();
    }

    @Test
    void relay_logs_that_nothing_names_are_told() throws IOException {
        BinlogPosition from = begunByTheReplica("8.0.15-row");
        assertThatThrownBy(() -> fromRelayLogs(folder.resolve("replica"), alone("relay-bin.000002"), from))
                .hasMessageContaining("do not hold " + from)
                .hasMessageContaining("of which file of the source the events in relay-bin.000002 are, nothing tells");
    }

    /** Writes the second relay log as if the replica had begun it by itself; answers where its first event stands. */
    private BinlogPosition begunByTheReplica(String server) throws IOException {
        Path recorded = SampleLogs.folder(server, "replica");
        Path replica = Files.createDirectory(folder.resolve("replica"));
        byte[] second = Files.readAllBytes(recorded.resolve("relay-bin.000002"));
        byte[] third = Files.readAllBytes(recorded.resolve("relay-bin.000003"));
        List<Event> events = events(second);
        Event sent = events.stream()
                .filter(e -> e.type() == EventType.ROTATE)
                .findFirst()
                .orElseThrow();
        Event first = events.stream()
                .filter(e -> e.offset() > sent.offset()
                        && (e.type() == EventType.ANONYMOUS_GTID
                                || e.type() == EventType.GTID
                                || e.type() == EventType.MARIADB_GTID))
                .findFirst()
                .orElseThrow();
        Event copy = events(third).stream()
                .filter(e -> e.header().has(EventHeader.ARTIFICIAL))
                .findFirst()
                .orElseThrow();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(second, 0, (int) sent.offset());
        out.write(third, (int) copy.offset(), (int) copy.header().length());
        out.write(second, (int) first.offset(), second.length - (int) first.offset());
        Files.write(replica.resolve("relay-bin.000002"), out.toByteArray());
        return new BinlogPosition(
                "mysql-bin.000001", first.header().end() - first.header().length());
    }

    private static List<Event> events(byte[] bytes) {
        List<Event> events = new ArrayList<>();
        EventScanner.fromStart(events::add).accept(bytes, 0, bytes.length);
        return events;
    }

    /** Where the replica began; some began behind the head of the file. */
    private static BinlogPosition beginning(String server) throws IOException {
        RelayRun first = map(SampleLogs.folder(server, "replica")).runs().get(0);
        return new BinlogPosition(first.sourceFile(), first.fromHead() ? Piece.FIRST_EVENT : first.start());
    }

    private static RelayLogMap map(Path replica) throws IOException {
        RelayLogMap map = new RelayLogMap();
        for (String name : names(replica)) {
            map.begin(name);
            byte[] bytes = Files.readAllBytes(replica.resolve(name));
            EventScanner.fromStart(map).accept(bytes, 0, bytes.length);
        }
        return map;
    }

    @Test
    void the_head_of_a_file_is_the_end_of_its_format_description() throws IOException {
        BinlogPosition start = beginning("5.5.9-row");
        assertThat(start.offset()).isGreaterThan(Piece.FIRST_EVENT);
        Archive archive = fromRelayLogs("5.5.9-row", new BinlogPosition(start.file(), Piece.FIRST_EVENT));
        assertThat(archive.start().offset()).isEqualTo(Piece.FIRST_EVENT);
        assertThat(archive.pieces().get(0).bytes())
                .isEqualTo(
                        Files.size(SampleLogs.root().resolve("5.5.9-row/source").resolve(start.file())));
    }

    /** End and type of every event that a replica gets and that says where it ends. */
    private static List<String> described(Archive archive) {
        List<String> lines = new ArrayList<>();
        try (EventCursor cursor = archive.cursor()) {
            while (cursor.advance()) {
                int type = cursor.header().type();
                if (!NOT_SENT.contains(type) && cursor.header().end() != 0) {
                    lines.add(cursor.sourceFile() + ":" + cursor.end() + " "
                            + EventType.name(UNPACKED.getOrDefault(type, type)));
                }
            }
        }
        return lines;
    }

    private static LogPlace place(Path folder) {
        return new LogPlace(FlakyHost.inChunksOf(100), List.of(folder.toString()));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }
}
