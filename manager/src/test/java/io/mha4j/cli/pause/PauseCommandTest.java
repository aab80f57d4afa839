package io.mha4j.cli.pause;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.cli.command.Command;
import io.mha4j.cli.command.CommandLineSyntax;
import io.mha4j.cli.command.Terminal;
import io.mha4j.cli.journal.FailoverStatusCommand;
import io.mha4j.report.PauseFile;
import io.mha4j.report.StateFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PauseCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @TempDir
    private Path dir = Path.of("");

    private int run(String... more) throws IOException {
        return run(new PauseCommand(), more);
    }

    private int run(Command command, String... more) throws IOException {
        Path conf = Files.writeString(dir.resolve("app1.cnf"), "[server1]\nhostname=db1\n");
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8), System.err, new ByteArrayInputStream(new byte[0]));
        List<String> all = Stream.concat(
                        Stream.of(
                                "--conf=" + conf,
                                "--global_conf=" + dir.resolve("none.cnf"),
                                "--manager_workdir=" + dir),
                        Stream.of(more))
                .toList();
        return command.run(CommandLineSyntax.parse(command, all), terminal);
    }

    @Test
    void nobody_has_to_think_of_a_reason_to_stop_the_manager_from_acting() throws IOException {
        assertThat(run("--for=2h")).isZero();

        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("app1: acting is paused since ")
                .endsWith(" (no reason given)\n");
        assertThat(new PauseFile(new StateFiles(dir, "app1"), InstantSource.system()).now())
                .isPresent();
    }

    @Test
    void who_asks_for_the_failover_sees_the_pause() throws IOException {
        assertThat(run("--reason=new disks in db2")).isZero();
        out.reset();

        assertThat(run(new FailoverStatusCommand())).isZero();

        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("app1: acting is paused since ")
                .contains("(new disks in db2)", "No failover of app1 is running");
    }

    @Test
    void a_program_that_asks_for_the_journal_gets_nothing_else() throws IOException {
        assertThat(run("--reason=x")).isZero();
        out.reset();

        assertThat(run(new FailoverStatusCommand(), "--json")).isZero();

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("null\n");
    }

    @Test
    void a_reason_is_shown_as_it_was_given() throws IOException {
        assertThat(run("--reason=new disks in db2")).isZero();

        assertThat(out.toString(StandardCharsets.UTF_8)).endsWith(" (new disks in db2)\n");
    }
}
