package io.mha4j.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.EventScanner;
import io.mha4j.binlog.EventType;
import io.mha4j.binlog.RelayLogMap;
import io.mha4j.binlog.RelayRun;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
        try (Stream<Path> sets = Files.list(samples())) {
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
        Path source = samples().resolve(server).resolve("source");
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
        Path source = samples().resolve(server).resolve("source");
        BinlogPosition from = beginning(server);
        Archive direct = BinlogRescue.fromSource(
                Rescues.in(folder.resolve("a")).settings(), place(source), from, Rescues.deadline());
        Rescues joined = Rescues.in(folder.resolve("b"));
        Path cutReplica = Files.createDirectories(folder.resolve("replica"));
        List<String> relayLogs = names(samples().resolve(server).resolve("replica"));
        int half = relayLogs.size() / 2;
        for (String name : relayLogs.subList(0, half)) {
            Files.copy(samples().resolve(server).resolve("replica").resolve(name), cutReplica.resolve(name));
        }
        try (BinlogRescue rescue = BinlogRescue.begin(joined.settings(), from)) {
            rescue.fromRelayLogs(place(cutReplica), relayLogs.get(0), Rescues.deadline());
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

    private Archive fromRelayLogs(String server, BinlogPosition from) throws IOException {
        Path replica = samples().resolve(server).resolve("replica");
        try (BinlogRescue rescue =
                BinlogRescue.begin(Rescues.in(folder.resolve("b")).settings(), from)) {
            rescue.fromRelayLogs(place(replica), names(replica).get(0), Rescues.deadline());
            return rescue.finish();
        }
    }

    /** Where the replica began; some began behind the head of the file. */
    private static BinlogPosition beginning(String server) throws IOException {
        RelayLogMap map = new RelayLogMap();
        Path replica = samples().resolve(server).resolve("replica");
        for (String name : names(replica)) {
            map.begin(name);
            byte[] bytes = Files.readAllBytes(replica.resolve(name));
            EventScanner.fromStart(map).accept(bytes, 0, bytes.length);
        }
        RelayRun first = map.runs().get(0);
        return new BinlogPosition(first.sourceFile(), first.fromHead() ? Piece.FIRST_EVENT : first.start());
    }

    @Test
    void the_head_of_a_file_is_the_end_of_its_format_description() throws IOException {
        BinlogPosition start = beginning("5.5.9-row");
        assertThat(start.offset()).isGreaterThan(Piece.FIRST_EVENT);
        Archive archive = fromRelayLogs("5.5.9-row", new BinlogPosition(start.file(), Piece.FIRST_EVENT));
        assertThat(archive.start().offset()).isEqualTo(Piece.FIRST_EVENT);
        assertThat(archive.pieces().get(0).bytes())
                .isEqualTo(Files.size(samples().resolve("5.5.9-row/source").resolve(start.file())));
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

    private static Path samples() {
        try {
            return Path.of(Objects.requireNonNull(RelayRescueTest.class.getResource("/binlogs"))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
