package io.mha4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.cli.command.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SwitchCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path dir = Path.of("");

    private int run(String... args) {
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new ByteArrayInputStream(new byte[0]));
        List<String> all = new ArrayList<>(List.of("masterha_master_switch", "--conf=" + dir.resolve("app1.cnf")));
        all.addAll(List.of(args));
        return new Main(Commands.ALL, terminal).run(all);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--manager_log=x",
                "--ignore_last_failover",
                "--last_failover_minute=1",
                "--wait_on_failover_error=1",
                "--wait_until_gtid_in_sync=0",
                "--ignore_binlog_server_error",
                "--dead_master_host=db1"
            })
    void what_only_a_failover_heeds_is_rejected_by_an_online_switch(String option) {
        assertThat(run("--master_state=alive", option)).isEqualTo(1);
        assertThat(err()).contains("--master_state=alive has no " + option.replaceFirst("=.*", ""));
    }

    @Test
    void a_failover_by_hand_is_never_mistaken_for_a_check() {
        assertThat(run("--master_state=dead", "--dead_master_host=db1", "--check_only"))
                .isEqualTo(1);
        assertThat(err())
                .contains(
                        "--master_state=dead has no --check_only; --dry_run tells what would be done, and changes nothing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--seconds_behind_master=5", "--orig_master_is_new_slave"})
    void what_only_an_online_switch_heeds_is_rejected_by_a_failover(String option) {
        assertThat(run("--master_state=dead", "--dead_master_host=db1", option)).isEqualTo(1);
        assertThat(err()).contains("--master_state=dead has no " + option.replaceFirst("=.*", ""));
    }

    @Test
    void address_and_port_that_are_taken_for_granted_are_told() throws IOException {
        Files.writeString(
                dir.resolve("app1.cnf"),
                "[server default]\nmanager_workdir=" + dir
                        + "\n[server1]\nhostname=127.0.0.1\n[server2]\nhostname=127.0.0.1\nport=1\n");

        assertThat(run("--master_state=dead", "--dead_master_host=127.0.0.1", "--dry_run"))
                .isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .startsWith(
                        "--dead_master_ip=<dead_master_ip> is not set. Using 127.0.0.1.",
                        "--dead_master_port=<dead_master_port> is not set. Using 3306.");
    }
}
