package io.mha4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.cli.command.Terminal;
import io.mha4j.report.ProcessIdentity;
import io.mha4j.report.StateFiles;
import io.mha4j.report.Status;
import io.mha4j.report.StatusFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckStatusCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path dir = Path.of("");

    /** A manager that runs, and troubles that can be opened but not read. */
    @BeforeEach
    void writeFiles() throws IOException {
        StateFiles files = new StateFiles(dir, "app1");
        new StatusFile(files, ProcessIdentity.current(), Instant::now).pingOk("db1");
        Files.createSymbolicLink(files.troubles(), Path.of("/proc/self/mem"));
    }

    @AfterEach
    void removeLink() throws IOException {
        Files.delete(new StateFiles(dir, "app1").troubles());
    }

    private int run(String... more) {
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new ByteArrayInputStream(new byte[0]));
        List<String> args = new ArrayList<>(List.of("masterha_check_status", "--app=app1", "--status_dir=" + dir));
        args.addAll(List.of(more));
        return new Main(Commands.ALL, terminal).run(args);
    }

    @Test
    void the_plain_command_does_not_ask_for_troubles() {
        assertThat(run()).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("is running(0:PING_OK), master:db1");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    /** What ends it is that it is not told where the servers are. */
    @Test
    void troubles_that_cannot_be_read_do_not_end_it() {
        for (String form : List.of("--verbose", "--json")) {
            err.reset();
            run(form);
            assertThat(err.toString(StandardCharsets.UTF_8)).contains("app1.troubles", "--conf=<file> must be set");
        }
    }

    @Test
    void a_log_that_is_named_on_the_command_line_is_the_one_to_look_into() throws IOException {
        new StatusFile(new StateFiles(dir, "app1"), ProcessIdentity.current(), Instant::now)
                .write(Status.FAILOVER_ERROR, Optional.of("db1"));
        Path conf = Files.writeString(
                dir.resolve("app1.cnf"), "[server default]\nmanager_log=/of/the/file\n[server1]\nhostname=h\n");

        assertThat(run("--conf=" + conf)).isEqualTo(51);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("Check /of/the/file for details.");
        assertThat(run("--conf=" + conf, "--manager_log=/of/the/line")).isEqualTo(51);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("Check /of/the/line for details.");
    }

    private int runWithPing(int secondsAgo, String... more) throws IOException {
        new StatusFile(new StateFiles(dir, "app1"), ProcessIdentity.current(), () -> Instant.now()
                        .minusSeconds(secondsAgo))
                .pingOk("db1");
        return run(more);
    }

    @Test
    void a_manager_that_pings_seldom_is_not_called_hung() throws IOException {
        String conf = "--conf="
                + Files.writeString(
                        dir.resolve("app1.cnf"),
                        "[server default]\nping_interval=7\n[server1]\nhostname=h\n[server2]\nhostname=i\nping_interval=15\n");

        assertThat(runWithPing(25, conf)).isZero();
        assertThat(runWithPing(60, conf)).isEqualTo(32);
        assertThat(runWithPing(25, conf, "--ping_limit=10")).isEqualTo(32);
        assertThat(runWithPing(25)).isEqualTo(32);
    }

    @Test
    void one_that_pings_often_is_judged_by_mhas_ten_seconds() throws IOException {
        String conf = "--conf=" + Files.writeString(dir.resolve("app1.cnf"), "[server1]\nhostname=h\n");

        assertThat(runWithPing(5, conf)).isZero();
        assertThat(runWithPing(14, conf)).isEqualTo(32);
    }
}
