package io.mha4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.cli.command.Command;
import io.mha4j.cli.command.CommandLineSyntax;
import io.mha4j.cli.command.Terminal;
import io.mha4j.ha.ManagerLock;
import io.mha4j.report.StateFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WatchingTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<String> waits = new ArrayList<>();
    private final List<Runnable> orders = new ArrayList<>();

    @TempDir
    private Path dir = Path.of("");

    /** Notes what had been told when the wait began. */
    private void sleep(Duration time) {
        waits.add(time.toSeconds() + " s after " + err.toString(StandardCharsets.UTF_8));
    }

    private Command program(String name) {
        Watching watching = new Watching(this::sleep, orders::add);
        return name.equals("manager") ? new ManagerCommand(watching) : new MonitorCommand(watching);
    }

    private int run(String program, String configuration, String... more) throws IOException {
        Path conf = Files.writeString(dir.resolve("app1.cnf"), configuration);
        Terminal terminal = new Terminal(
                System.out, new PrintStream(err, true, StandardCharsets.UTF_8), new ByteArrayInputStream(new byte[0]));
        Command command = program(program);
        List<String> all = new ArrayList<>(List.of(
                "--conf=" + conf,
                "--global_conf=" + dir.resolve("none.cnf"),
                "--manager_workdir=" + dir,
                "--wait_on_monitor_error=60"));
        all.addAll(List.of(more));
        return command.run(CommandLineSyntax.parse(command, all), terminal);
    }

    @ParameterizedTest
    @ValueSource(strings = {"manager", "master-monitor"})
    void a_configuration_that_cannot_be_read_is_told_and_then_waited_for(String program) throws IOException {
        assertThat(run(program, "[server1]\nhostname=127.0.0.1\nport=abc\n")).isEqualTo(1);

        assertThat(waits).singleElement().asString().startsWith("60 s after ").contains(":3: port=abc: must be ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"manager", "master-monitor"})
    void signals_are_heard_before_anything_else_is_done(String program) throws IOException {
        assertThat(run(program, "port=abc\n")).isEqualTo(1);

        assertThat(orders).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"manager", "master-monitor"})
    void a_lock_that_another_process_holds_is_told_and_then_waited_for(String program) throws IOException {
        ManagerLock.Claim other = ManagerLock.claim(new StateFiles(dir, "app1"), InstantSource.system());
        try (ManagerLock held = ((ManagerLock.Claim.Ours) other).lock()) {
            assertThat(held.isHeld()).isTrue();
            assertThat(run(program, "[server1]\nhostname=127.0.0.1\n")).isEqualTo(1);
        }

        assertThat(waits)
                .singleElement()
                .asString()
                .startsWith("60 s after ")
                .contains(" acts for app1 already and holds ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"manager", "master-monitor"})
    void servers_that_cannot_be_watched_are_told_and_waited_for(String program) throws IOException {
        assertThat(run(program, "[server1]\nhostname=127.0.0.1\nport=1\n")).isEqualTo(1);

        // A log in the background has it by the end of the run, not always when the wait begins.
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("Error happened on monitoring servers: ");
        assertThat(waits).singleElement().asString().startsWith("60 s after ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"manager", "master-monitor"})
    void one_string_of_options_serves_both(String program) throws IOException {
        String[] ofFailovers = {
            "--ignore_last_failover",
            "--last_failover_minute=60",
            "--remove_dead_master_conf",
            "--wait_on_failover_error=5",
            "--new_master_host=b",
            "--skip_change_master"
        };

        assertThat(run(program, "port=abc\n", ofFailovers)).isEqualTo(1);

        assertThat(waits).singleElement().asString().startsWith("60 s after ");
    }
}
