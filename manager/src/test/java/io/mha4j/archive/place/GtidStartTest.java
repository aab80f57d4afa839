package io.mha4j.archive.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.base.Deadline;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.EventScanner;
import io.mha4j.binlog.GtidSet;
import io.mha4j.binlog.Gtids;
import io.mha4j.binlog.MariadbGtids;
import io.mha4j.binlog.SampleLogs;
import io.mha4j.binlog.TransactionReader;
import io.mha4j.remote.LocalHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where to begin for somebody who knows GTIDs only, on recorded logs of real servers. */
final class GtidStartTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"5.6.24-row", "5.7.22-row", "8.0.15-row", "9.7-row", "mariadb-10.11-row", "mariadb-11.4-row"})
    void it_is_the_last_file_that_lists_nothing_unknown(String server) throws IOException {
        List<Path> files = files(server);
        for (Path file : files) {
            Gtids before = before(file);
            BinlogPosition found = start(server).find(before).place();
            assertThat(found.offset()).isEqualTo(4);
            Path expected = files.stream()
                    .filter(f -> before.covers(before(f)))
                    .reduce((earlier, later) -> later)
                    .orElseThrow();
            assertThat(found.file()).isEqualTo(expected.getFileName().toString());
        }
        assertThat(start(server)
                        .find(before(files.get(files.size() - 1)))
                        .place()
                        .file())
                .isEqualTo(files.get(files.size() - 1).getFileName().toString());
    }

    @Test
    void who_has_nothing_begins_at_the_first_file() {
        assertThat(start("8.0.15-row").find(GtidSet.EMPTY).place().file()).isEqualTo("mysql-bin.000001");
        assertThat(start("mariadb-10.11-row").find(MariadbGtids.EMPTY).place().file())
                .isEqualTo("mysql-bin.000001");
    }

    @Test
    void logs_that_list_no_gtids_are_refused() {
        assertThatThrownBy(() -> start("5.5.9-row").find(GtidSet.EMPTY))
                .isInstanceOf(MissingLogException.class)
                .hasMessageContaining("or the files do not list GTIDs");
    }

    private static GtidStart start(String server) {
        Deadline deadline = Deadline.in(Duration.ofMinutes(2), System::nanoTime);
        LogFiles logs = LogFiles.named(new LocalHost(), folder(server).toString(), "mysql-bin");
        return new GtidStart(logs, pause -> {}, deadline);
    }

    /** What a file says was written before it. */
    static Gtids before(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            TransactionReader reader = new TransactionReader();
            EventScanner.fromStart(reader).accept(bytes, 0, bytes.length);
            return reader.before().orElseThrow();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Path> files(String server) throws IOException {
        try (Stream<Path> files = Files.list(folder(server))) {
            return files.sorted().toList();
        }
    }

    private static Path folder(String server) {
        return SampleLogs.folder(server, "source");
    }
}
