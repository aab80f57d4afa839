package io.mha4j.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.base.CommandException;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.LittleEndian;
import io.mha4j.remote.LocalHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of the wanted name in more than one directory that {@code master_binlog_dir} names. */
final class SeveralDirectoriesTest {
    private static final String FILE = "bin.000001";
    private static final String NEXT = "bin.000002";
    private static final int OTHER_SERVER = 12;
    /** Of the format description's time and server_id in a file. */
    private static final int BEGUN_AT = 4;

    private static final int ID_AT = BEGUN_AT + 5;

    private static final int LONG_AGO = 1_500_000_000;
    private static final int NOW = 1_700_000_000;

    @TempDir
    private Path folder;

    private Path before = Path.of("unset-before-each-test-sets-it");
    private Path living = before;

    @BeforeEach
    void directories() throws IOException {
        before = Files.createDirectory(folder.resolve("before"));
        living = Files.createDirectory(folder.resolve("living"));
    }

    @Test
    void what_was_left_before_a_move_is_not_read() throws IOException {
        LogBytes end = log().transaction(10).rotateTo(NEXT);
        write(before, FILE, end.bytes(), LONG_AGO);
        write(living, FILE, end.bytes(), LONG_AGO);
        write(living, NEXT, log().transaction(20).bytes(), NOW);
        assertThat(saved(LogBytes.SERVER_ID)).isEqualTo(2);
        assertThat(saved(0)).isEqualTo(2);
    }

    @Test
    void an_older_log_that_had_got_further_is_not_read() throws IOException {
        write(before, FILE, log().transaction(10).rotateTo(NEXT).bytes(), LONG_AGO);
        write(before, NEXT, log().transaction(20).bytes(), LONG_AGO);
        write(living, FILE, log().transaction(30).bytes(), NOW);
        assertThat(saved(LogBytes.SERVER_ID)).isEqualTo(1);
    }

    @Test
    void of_a_file_that_was_copied_the_longer_one_is_read() throws IOException {
        write(before, FILE, log().transaction(10).bytes(), NOW);
        write(living, FILE, log().transaction(10).transaction(20).bytes(), NOW);
        assertThat(saved(LogBytes.SERVER_ID)).isEqualTo(2);
    }

    @Test
    void a_last_file_that_was_not_begun_does_not_hide_the_one_before() throws IOException {
        write(before, FILE, log().transaction(10).transaction(20).bytes(), LONG_AGO);
        write(living, FILE, log().transaction(10).bytes(), NOW);
        Files.createFile(living.resolve(NEXT));
        assertThat(saved(LogBytes.SERVER_ID)).isEqualTo(1);
    }

    @Test
    void a_living_servers_log_is_not_taken_for_the_dead_ones() throws IOException {
        byte[] other = log().transaction(10).transaction(20).transaction(30).bytes();
        other[ID_AT] = OTHER_SERVER;
        write(before, FILE, other, NOW);
        write(living, FILE, log().transaction(10).bytes(), LONG_AGO);
        assertThat(saved(LogBytes.SERVER_ID)).isEqualTo(1);
    }

    @Test
    void a_server_that_got_another_server_id_is_still_read() throws IOException {
        write(before, FILE, log().transaction(10).bytes(), LONG_AGO);
        write(living, FILE, log().transaction(10).transaction(20).bytes(), NOW);
        assertThat(saved(OTHER_SERVER)).isEqualTo(2);
    }

    @Test
    void one_that_cannot_be_read_is_not_passed_over_in_silence() throws IOException {
        write(before, FILE, log().transaction(10).bytes(), LONG_AGO);
        Files.createDirectory(living.resolve(FILE));
        assertThatThrownBy(() -> saved(LogBytes.SERVER_ID))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(living.resolve(FILE).toString());
    }

    private static LogBytes log() {
        return LogBytes.file(false);
    }

    private static void write(Path directory, String file, byte[] bytes, int begun) throws IOException {
        LittleEndian.put(bytes, BEGUN_AT, Integer.BYTES, begun);
        Files.write(directory.resolve(file), bytes);
    }

    /** Transactions saved from the beginning of the first file on. */
    private long saved(long serverId) {
        LogPlace place = new LogPlace(new LocalHost(), List.of(before.toString(), living.toString()));
        try (BinlogRescue rescue =
                BinlogRescue.begin(Rescues.in(folder).settings(), new BinlogPosition(FILE, Piece.FIRST_EVENT))) {
            rescue.fromSource(place, serverId, Rescues.deadline());
            return rescue.finish().transactions();
        }
    }
}
