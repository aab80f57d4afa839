package io.mha4j.archive.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.base.Deadline;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.GtidSet;
import io.mha4j.binlog.Gtids;
import io.mha4j.binlog.LittleEndian;
import io.mha4j.binlog.MariadbGtids;
import io.mha4j.binlog.SampleLogs;
import io.mha4j.remote.LocalHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The old source's binary log among what lies beside it, on recorded logs of real servers. */
final class BinlogSearchTest {
    private static final int ID_AT = 4 + 5;
    private static final BinlogPosition FIRST = new BinlogPosition("mysql-bin.000001", 4);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {"5.6.24-row", "5.7.22-row", "8.0.15-row", "9.7-row", "mariadb-10.11-row", "mariadb-11.4-row"})
    void relay_logs_beside_it_are_none(String server) throws IOException {
        copy(server, "source", directory);
        copy(server, "replica", directory);
        Files.writeString(directory.resolve("mysql-bin.index"), "./mysql-bin.000001\n");
        Files.writeString(directory.resolve("general.000001"), "");
        Gtids none = server.startsWith("mariadb") ? MariadbGtids.EMPTY : GtidSet.EMPTY;
        assertThat(search(directory).startFor(List.of(none), Optional.empty()).place())
                .isEqualTo(FIRST);
    }

    @Test
    void who_lacks_most_decides() throws IOException {
        copy("8.0.15-row", "source", directory);
        List<String> files = files("8.0.15-row", "source");
        String last = files.get(files.size() - 1);
        Gtids most = GtidStartTest.before(directory.resolve(last));
        assertThat(search(directory).startFor(List.of(most), Optional.empty()).place())
                .isEqualTo(new BinlogPosition(last, 4));
        assertThat(search(directory)
                        .startFor(List.of(most, GtidSet.EMPTY), Optional.empty())
                        .place())
                .isEqualTo(FIRST);
    }

    @Test
    void a_last_file_that_was_not_begun_does_not_hide_it() throws IOException {
        copy("8.0.15-row", "source", directory);
        Files.createFile(directory.resolve("mysql-bin.000099"));
        assertThat(search(directory)
                        .startFor(List.of(GtidSet.EMPTY), Optional.empty())
                        .place())
                .isEqualTo(FIRST);
    }

    @Test
    void of_two_servers_logs_the_one_that_is_known_by_name_counts() throws IOException {
        copy("8.0.15-row", "source", directory);
        for (String file : files("8.0.15-row", "source")) {
            Files.copy(directory.resolve(file), directory.resolve(file.replace("mysql-bin", "other")));
        }
        assertThat(search(directory)
                        .startFor(List.of(GtidSet.EMPTY), Optional.of("other"))
                        .place())
                .isEqualTo(new BinlogPosition("other.000001", 4));
        assertThatThrownBy(() -> search(directory).startFor(List.of(GtidSet.EMPTY), Optional.empty()))
                .isInstanceOf(MissingLogException.class)
                .hasMessage(
                        "which of the binary logs %s/mysql-bin and %s/other on %s is the old source's is not known; let"
                                + " master_binlog_dir name its directory only",
                        directory, directory, new LocalHost().name());
    }

    @Test
    void another_servers_log_of_the_same_name_is_passed_over() throws IOException {
        Path others = Files.createDirectory(directory.resolve("others"));
        Path ours = Files.createDirectory(directory.resolve("ours"));
        copy("5.5.9-row", "source", others);
        copy("8.0.15-row", "source", ours);
        for (String file : files("5.5.9-row", "source")) {
            rewriteServerId(others.resolve(file));
        }
        List<String> files = files("8.0.15-row", "source");
        String last = files.get(files.size() - 1);
        Gtids most = GtidStartTest.before(ours.resolve(last));
        long serverId = serverId(ours.resolve(last));
        assertThat(search(serverId, others, ours)
                        .startFor(List.of(most), Optional.empty())
                        .place())
                .isEqualTo(new BinlogPosition(last, 4));
    }

    @Test
    void where_there_is_none_it_says_where_it_looked() throws IOException {
        copy("8.0.15-row", "replica", directory);
        assertThatThrownBy(
                        () -> search(directory, Path.of("/nowhere")).startFor(List.of(GtidSet.EMPTY), Optional.empty()))
                .isInstanceOf(MissingLogException.class)
                .hasMessageContaining(
                        "no binary log is on " + new LocalHost().name() + " in " + directory + ", /nowhere (")
                .hasMessageEndingWith("; master_binlog_dir does not name its directory");
    }

    private static BinlogSearch search(Path... directories) {
        return search(0, directories);
    }

    private static BinlogSearch search(long serverId, Path... directories) {
        return new BinlogSearch(
                new LocalHost(),
                Stream.of(directories).map(Path::toString).toList(),
                serverId,
                pause -> {},
                Deadline.in(Duration.ofMinutes(2), System::nanoTime));
    }

    private static long serverId(Path file) throws IOException {
        return LittleEndian.unsigned(Files.readAllBytes(file), ID_AT, Integer.BYTES);
    }

    /** Of its format description, which has no checksum with this server. */
    private static void rewriteServerId(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        LittleEndian.put(bytes, ID_AT, Integer.BYTES, 4711);
        Files.write(file, bytes);
    }

    private static void copy(String server, String role, Path to) throws IOException {
        for (String file : files(server, role)) {
            Files.copy(SampleLogs.folder(server, role).resolve(file), to.resolve(file));
        }
    }

    private static List<String> files(String server, String role) throws IOException {
        try (Stream<Path> files = Files.list(SampleLogs.folder(server, role))) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }
}
