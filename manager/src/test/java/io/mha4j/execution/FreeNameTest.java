package io.mha4j.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.archive.ArchiveName;
import io.mha4j.base.ServerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No two archives under one name. */
final class FreeNameTest {
    private static final ServerId SERVER = new ServerId(1, "server1", "db1", "10.0.0.1", 3306);
    private static final ServerId OTHER = new ServerId(2, "server2", "db2", "10.0.0.2", 3306);
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:58Z");

    @TempDir
    private Path folder;

    @Test
    void two_archives_of_a_server_in_one_second_have_two_names_though_none_is_written_yet() {
        FreeName names = new FreeName(folder, ZoneOffset.UTC);
        assertThat(names.next(SERVER, NOW)).isEqualTo(name("20260101000058"));
        assertThat(names.next(SERVER, NOW)).isEqualTo(name("20260101000059"));
        assertThat(names.next(SERVER, NOW)).isEqualTo(name("20260101000100"));
        assertThat(names.next(OTHER, NOW).time()).isEqualTo("20260101000058");
    }

    @Test
    void a_name_that_a_file_has_is_not_given_again() throws IOException {
        Files.createFile(name("20260101000058").description());
        Files.createFile(name("20260101000059").piece(1));
        assertThat(new FreeName(folder, ZoneOffset.UTC).next(SERVER, NOW)).isEqualTo(name("20260101000100"));
    }

    private ArchiveName name(String time) {
        return new ArchiveName(folder, "db1", 3306, time);
    }
}
