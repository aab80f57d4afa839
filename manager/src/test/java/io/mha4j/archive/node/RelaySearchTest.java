package io.mha4j.archive.node;

import static io.mha4j.archive.node.LogConcatTest.addExecuted;
import static io.mha4j.archive.node.LogConcatTest.deadline;
import static io.mha4j.archive.node.LogConcatTest.events;
import static io.mha4j.archive.node.LogConcatTest.executed;
import static io.mha4j.archive.node.LogConcatTest.last;
import static io.mha4j.archive.node.LogConcatTest.logs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.archive.ArchiveException;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.Event;
import io.mha4j.binlog.EventType;
import io.mha4j.binlog.RotateEvent;
import io.mha4j.binlog.SampleLogs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Finding in relay logs what another replica lacks, on recorded logs of real servers. */
final class RelaySearchTest {
    private final List<String> said = new ArrayList<>();

    @TempDir
    private Path folder;

    /** A source that crashed, or that was stopped, says in no event that it goes on in another file. */
    @ParameterizedTest
    @ValueSource(strings = {"5.6.24-row", "5.7.22-row", "8.0.15-row", "9.7-row"})
    void a_replica_at_the_end_of_a_file_of_a_source_that_was_restarted_is_found(String server) throws IOException {
        Path source = SampleLogs.folder(server, "source");
        Path replica = Files.createDirectory(folder.resolve("relay"));
        try (Stream<Path> files = Files.list(SampleLogs.folder(server, "replica"))) {
            for (Path file : files.toList()) {
                Files.write(replica.resolve(file.getFileName()), withoutTurn(file));
            }
        }
        List<Event> first = events(source.resolve("mysql-bin.000001"));
        Event rotate = first.get(first.size() - 1);
        assertThat(rotate.type()).isEqualTo(EventType.ROTATE);
        RelaySearch.Place place = new RelaySearch(logs(replica, "relay-bin.000001"), pause -> {}, deadline(), said::add)
                .find(
                        new BinlogPosition(last(source), Files.size(source.resolve(last(source)))),
                        new BinlogPosition("mysql-bin.000001", rotate.offset()))
                .orElseThrow();
        Path diff = folder.resolve("diff");
        concat(replica, place.file()).concat(place.file(), place.offset(), diff);
        ByteArrayOutputStream wanted = new ByteArrayOutputStream();
        try (Stream<Path> files = Files.list(source)) {
            for (Path file : files.sorted().skip(1).toList()) {
                addExecuted(file, 4, wanted);
            }
        }
        assertThat(executed(List.of(diff))).isEqualTo(wanted.toByteArray());
    }

    /** A relay log without the event by which the source's first file says that it goes on in the next. */
    private static byte[] withoutTurn(Path relayLog) throws IOException {
        byte[] bytes = Files.readAllBytes(relayLog);
        ByteArrayOutputStream left = new ByteArrayOutputStream();
        left.write(bytes, 0, 4);
        for (Event event : events(relayLog)) {
            boolean turn = event.type() == EventType.ROTATE
                    && RotateEvent.of(event).kind() == RotateEvent.Kind.REAL
                    && RotateEvent.of(event).file().equals("mysql-bin.000002");
            if (!turn) {
                left.write(bytes, (int) event.offset(), (int) event.header().length());
            }
        }
        return left.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.6.24-row", "5.7.22-row", "8.0.15-row", "9.7-row"})
    void what_a_replica_lacks_is_found_in_anothers_relay_logs(String server) throws IOException {
        Path source = SampleLogs.folder(server, "source");
        Path replica = SampleLogs.folder(server, "replica");
        List<Event> first = events(source.resolve("mysql-bin.000001"));
        BinlogPosition latest = new BinlogPosition(last(source), Files.size(source.resolve(last(source))));
        for (int i = 3; i < first.size(); i += 7) {
            BinlogPosition target =
                    new BinlogPosition("mysql-bin.000001", first.get(i).offset());
            RelaySearch search = new RelaySearch(logs(replica, "relay-bin.000001"), pause -> {}, deadline(), said::add);
            RelaySearch.Place place = search.find(latest, target).orElseThrow();
            Path diff = folder.resolve("diff");
            concat(replica, place.file()).concat(place.file(), place.offset(), diff);
            ByteArrayOutputStream wanted = new ByteArrayOutputStream();
            try (Stream<Path> files = Files.list(source)) {
                for (Path file : files.sorted().toList()) {
                    addExecuted(file, file.endsWith("mysql-bin.000001") ? target.offset() : 4, wanted);
                }
            }
            assertThat(executed(List.of(diff))).as("from " + target).isEqualTo(wanted.toByteArray());
        }
        RelaySearch search = new RelaySearch(logs(replica, "relay-bin.000001"), pause -> {}, deadline(), said::add);
        assertThat(search.find(latest, latest)).isEqualTo(Optional.empty());
        assertThatThrownBy(() -> search.find(latest, new BinlogPosition("mysql-bin.000000", 4)))
                .hasMessageStartingWith("Target pos NOT found!");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.6.24-row", "8.0.15-row", "mariadb-10.11-row"})
    void relay_logs_that_lack_something_before_their_end_level_nobody(String server) throws IOException {
        Path source = SampleLogs.folder(server, "source");
        Path replica = Files.createDirectory(folder.resolve("relay"));
        try (Stream<Path> files = Files.list(SampleLogs.folder(server, "replica"))) {
            for (Path file : files.toList()) {
                Files.copy(file, replica.resolve(file.getFileName()));
            }
        }
        BinlogPosition latest = new BinlogPosition(last(source), Files.size(source.resolve(last(source))));
        List<Event> first = events(source.resolve("mysql-bin.000001"));
        BinlogPosition target = new BinlogPosition(
                "mysql-bin.000001", first.get(first.size() / 2).offset());
        assertThat(search(replica, latest, target)).isPresent();
        Path newest = replica.resolve(last(replica));
        byte[] whole = Files.readAllBytes(newest);
        Event end = events(newest).get(events(newest).size() - 1);
        Files.write(newest, Arrays.copyOf(whole, (int) end.offset()));
        assertThatThrownBy(() -> search(replica, latest, target))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining(" end at " + last(source) + ":")
                .hasMessageContaining(", before " + latest);
        byte[] spoilt = whole.clone();
        spoilt[(int) end.offset() + 9] = 3;
        spoilt[(int) end.offset() + 10] = 0;
        Files.write(newest, spoilt);
        assertThatThrownBy(() -> search(replica, latest, target))
                .hasMessageContaining(newest + " is damaged at offset " + end.offset());
        assertThatThrownBy(() -> concat(replica, last(replica)).concat(last(replica), 4, folder.resolve("out")))
                .hasMessageContaining(newest + " is damaged at offset " + end.offset());
    }

    private Optional<RelaySearch.Place> search(Path replica, BinlogPosition latest, BinlogPosition target) {
        return new RelaySearch(logs(replica, "relay-bin.000001"), pause -> {}, deadline(), said::add)
                .find(latest, target);
    }

    private LogConcat concat(Path directory, String file) {
        return new LogConcat(logs(directory, file), pause -> {}, deadline(), said::add);
    }
}
