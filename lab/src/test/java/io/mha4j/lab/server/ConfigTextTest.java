package io.mha4j.lab.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConfigTextTest {
    private static final Software SOFTWARE =
            new Software(List.of("mysqld"), Map.of(), Map.of("basedir", "/opt/db", "secure-file-priv", ""));

    @ParameterizedTest
    @EnumSource
    void every_kind_keeps_acknowledged_writes_over_a_crash(ServerKind kind) {
        assertThat(lines(kind, spec(true)))
                .contains("[mysqld]", "sync_binlog=1", "innodb_flush_log_at_trx_commit=1", "log-bin=mysql-bin")
                .contains("bind-address=127.0.0.12", "port=3307", "report-host=127.0.0.12", "server-id=2");
    }

    @Test
    void gtids_are_switched_on_only_on_request() {
        assertThat(lines(ServerKind.MYSQL_5_7, spec(true))).contains("gtid_mode=ON", "enforce_gtid_consistency=ON");
        assertThat(lines(ServerKind.MYSQL_5_7, spec(false))).contains("gtid_mode=OFF", "enforce_gtid_consistency=OFF");
        assertThat(lines(ServerKind.MYSQL_5_5, spec(false))).noneMatch(line -> line.startsWith("gtid_mode"));
        assertThat(lines(ServerKind.MARIADB_10_11, spec(true))).contains("gtid_strict_mode=1");
    }

    @Test
    void the_newest_says_replica() {
        assertThat(lines(ServerKind.MYSQL_9_7, spec(true))).contains("skip-replica-start", "log-replica-updates=1");
        assertThat(lines(ServerKind.MYSQL_8_0, spec(true))).contains("skip-slave-start", "log-slave-updates=1");
    }

    @Test
    void options_of_a_tree_win_and_stand_once() {
        ServerSpec spec = spec(true).with("sync_binlog", "0").with("read_only", "1");

        assertThat(lines(ServerKind.MYSQL_8_0, spec))
                .contains("sync_binlog=0", "read_only=1")
                .doesNotContain("sync_binlog=1");
    }

    @Test
    void an_empty_value_of_the_software_is_written_as_one() {
        assertThat(lines(ServerKind.MYSQL_9_7, spec(true))).contains("secure-file-priv=", "skip-name-resolve");
    }

    @Test
    void a_server_without_logging_has_no_binary_log() {
        ServerSpec spec = new ServerSpec(1, "127.0.0.1", 3306, Optional.empty(), Map.of());

        assertThat(lines(ServerKind.MYSQL_8_0, spec))
                .contains("skip-log-bin")
                .noneMatch(line -> line.startsWith("log-bin"));
    }

    private static ServerSpec spec(boolean gtid) {
        ServerSpec.Logging logging = new ServerSpec.Logging(BinlogFormat.ROW, gtid);
        return new ServerSpec(2, "127.0.0.12", 3307, Optional.of(logging), Map.of());
    }

    private static List<String> lines(ServerKind kind, ServerSpec spec) {
        return Arrays.asList(
                ConfigText.of(kind, SOFTWARE, spec, Path.of("/w/server2")).split("\n", -1));
    }
}
