package io.mha4j.topology.details;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServerFilesTest {
    @Test
    void relative_paths_begin_at_the_data_directory() {
        assertThat(ServerFiles.of("/data/", "db1.pid", "./db1.err"))
                .contains(new ServerFiles("/data", "/data/db1.pid", Optional.of("/data/db1.err")));
    }

    @Test
    void absolute_paths_stay() {
        assertThat(ServerFiles.of("/data", "/run/mysqld.pid", "/var/log/mysqld.log"))
                .contains(new ServerFiles("/data", "/run/mysqld.pid", Optional.of("/var/log/mysqld.log")));
    }

    @Test
    void errors_that_go_elsewhere_are_in_no_file() {
        assertThat(ServerFiles.of("/data", "a.pid", "stderr").flatMap(ServerFiles::errorLog))
                .isEmpty();
        assertThat(ServerFiles.of("/data", "a.pid", "").flatMap(ServerFiles::errorLog))
                .isEmpty();
    }

    @Test
    void without_a_process_file_nothing_is_known() {
        assertThat(ServerFiles.of("/data", "", "a.err")).isEmpty();
        assertThat(ServerFiles.of("", "a.pid", "a.err")).isEmpty();
    }
}
