package io.mha4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.cli.command.Terminal;
import io.mha4j.decision.FailoverFacts;
import io.mha4j.decision.FailoverWishes;
import io.mha4j.decision.Progress;
import io.mha4j.execution.resume.FailoverJournal;
import io.mha4j.report.StateFiles;
import io.mha4j.report.journal.Journals;
import io.mha4j.report.json.JsonForm;
import io.mha4j.scenario.Scenario;
import io.mha4j.topology.ManagedTree;
import io.mha4j.topology.Prior;
import io.mha4j.topology.TreeRules;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    @Test
    void that_what_an_earlier_one_left_cannot_be_read_is_told_by_webhook() throws IOException {
        Files.writeString(dir.resolve("app1.journal"), "no journal\n\n");
        assertThat(toldBeside("a"))
                .singleElement()
                .asString()
                .contains("A failover that was cut off is NOT taken up", "app1.journal:1: is not JSON");
    }

    @Test
    void that_one_of_another_master_was_cut_off_is_told_by_webhook() throws IOException {
        leaveUnfinished(FailoverJournal.OPERATION);
        assertThat(toldBeside("b"))
                .singleElement()
                .asString()
                .contains("A failover that was cut off is NOT taken up", "comes before one of b(b:1)");
    }

    @Test
    void of_a_switch_that_was_cut_off_nobody_is_told() throws IOException {
        leaveUnfinished("switch");
        assertThat(toldBeside("b")).isEmpty();
    }

    /** A failover of {@code a} began. */
    private void leaveUnfinished(String operation) {
        Scenario scenario = Scenario.of(
                "servers", "  a  source  unreachable  ip=127.0.0.1  port=1", "  b  replica  ip=127.0.0.1  port=1");
        FailoverFacts facts = new FailoverFacts(
                scenario.application(),
                (ManagedTree) TreeRules.read(scenario.application(), scenario.snapshot(), Prior.NOTHING),
                Optional.empty(),
                Optional.empty(),
                false,
                FailoverWishes.DEFAULT,
                Progress.NONE);
        new Journals(new StateFiles(dir, "app1"), new JsonForm(), InstantSource.system())
                .open("20260101000000", operation, FailoverJournal.Beginning.of(facts))
                .close();
    }

    /** What people get of a failover without questions. */
    private List<String> toldBeside(String dead) throws IOException {
        try (Webhooks webhooks = new Webhooks()) {
            Files.writeString(
                    dir.resolve("app1.cnf"),
                    "[server default]\nmanager_workdir=" + dir + "\nwebhook_url=" + webhooks.url()
                            + "\nport=1\n[server1]\nhostname=a\n[server2]\nhostname=b\n");
            assertThat(run(
                            "--master_state=dead",
                            "--dead_master_host=" + dead,
                            "--dead_master_port=1",
                            "--interactive=0"))
                    .isEqualTo(1);
            return webhooks.told();
        }
    }
}
