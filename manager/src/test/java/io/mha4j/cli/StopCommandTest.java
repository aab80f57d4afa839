package io.mha4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.cli.command.Terminal;
import io.mha4j.report.HolderFile;
import io.mha4j.report.ProcessIdentity;
import io.mha4j.report.StateFiles;
import java.io.BufferedReader;
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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a crash or a full disk left of the files that tell of a manager. */
final class StopCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path dir = Path.of("");

    private StateFiles files() {
        return new StateFiles(dir, "app1");
    }

    private int run(String command, String... more) {
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new ByteArrayInputStream(new byte[0]));
        List<String> args = new ArrayList<>(List.of(command, "--app=app1", "--status_dir=" + dir));
        args.addAll(List.of(more));
        return new Main(Commands.ALL, terminal).run(args);
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12", "1\t0:PI"})
    void an_empty_or_half_status_is_no_running_manager(String text) throws IOException {
        Files.writeString(files().status(), text);

        assertThat(run("masterha_check_status")).isEqualTo(2);
        assertThat(run("masterha_stop")).isZero();

        assertThat(printed())
                .isEqualTo("app1 is stopped(2:NOT_RUNNING).\nMHA Manager is not running on app1(2:NOT_RUNNING).\n");
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("app1: " + files().status() + ": holds no status; remove it if no manager is running");
    }

    @Test
    void a_process_that_acts_without_a_status_is_not_said_to_have_ended() {
        new HolderFile(files(), InstantSource.system()).write(ProcessIdentity.current());

        assertThat(run("masterha_stop")).isEqualTo(1);

        assertThat(printed())
                .startsWith("app1: process " + ProcessIdentity.current().pid() + " acts for it, and no status file");
    }

    @Test
    void a_manager_that_is_killed_leaves_no_script_at_work() throws Exception {
        Process manager = new ProcessBuilder(
                        "sh", "-c", "trap '' TERM; sh -c 'echo $$ >&3; sleep 600; :' 3>&1; sleep 600")
                .start();
        try (BufferedReader told = manager.inputReader(StandardCharsets.UTF_8)) {
            ProcessIdentity script = ProcessIdentity.of(Long.parseLong(told.readLine()));
            Optional<ProcessHandle> handle = ProcessHandle.of(script.pid());
            try {
                Files.writeString(files().status(), manager.pid() + "\t50:FAILOVER_RUNNING\tmaster:a");

                assertThat(run("masterha_stop")).isEqualTo(1);
                assertThat(script.isAlive()).isTrue();
                assertThat(run("masterha_stop", "--abort", "--abort_timeout=1")).isZero();

                assertThat(printed()).endsWith("Forced stopped app1.\n");
                assertThat(manager.waitFor(10, TimeUnit.SECONDS)).isTrue();
                assertThat(script.isAlive()).isFalse();
            } finally {
                handle.ifPresent(left -> {
                    left.descendants().forEach(ProcessHandle::destroyForcibly);
                    left.destroyForcibly();
                });
                manager.destroyForcibly();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--verbose", "--json"})
    void what_only_the_status_has_to_tell_is_not_asked_of_an_end(String option) {
        assertThat(run("masterha_stop", option)).isNotZero();

        assertThat(err.toString(StandardCharsets.UTF_8)).contains("unknown option " + option);
    }
}
