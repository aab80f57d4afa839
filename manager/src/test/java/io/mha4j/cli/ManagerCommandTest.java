package io.mha4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.cli.command.CommandLineSyntax;
import io.mha4j.cli.command.Terminal;
import io.mha4j.report.PauseFile;
import io.mha4j.report.StateFiles;
import io.mha4j.report.journal.Journal;
import io.mha4j.report.journal.Journals;
import io.mha4j.report.json.JsonForm;
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
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ManagerCommandTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<String> waits = new ArrayList<>();

    @TempDir
    private Path dir = Path.of("");

    /** Notes what had been told when the wait began. */
    private void sleep(Duration time) {
        waits.add(time.toSeconds() + " s after " + err.toString(StandardCharsets.UTF_8));
    }

    private int run(String configuration, String... more) throws IOException {
        Path conf = Files.writeString(dir.resolve("app1.cnf"), configuration);
        Terminal terminal = new Terminal(
                System.out, new PrintStream(err, true, StandardCharsets.UTF_8), new ByteArrayInputStream(new byte[0]));
        ManagerCommand command = new ManagerCommand(new Watching(this::sleep, order -> {}));
        List<String> all = new ArrayList<>(List.of(
                "--conf=" + conf,
                "--global_conf=" + dir.resolve("none.cnf"),
                "--manager_workdir=" + dir,
                "--wait_on_monitor_error=60"));
        all.addAll(List.of(more));
        return command.run(CommandLineSyntax.parse(command, all), terminal);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--check_only", "--monitor_only"})
    void who_only_looks_does_not_finish_a_failover_that_was_cut_off(String option) throws IOException {
        StateFiles files = new StateFiles(dir, "app1");
        Journals journals = new Journals(files, new JsonForm(), InstantSource.system());
        try (Journal cut = journals.open("app1", "failover", "facts")) {
            assertThat(cut).isNotNull();
        }
        byte[] before = Files.readAllBytes(files.journal());

        assertThat(run("[server1]\nhostname=127.0.0.1\n", option)).isEqualTo(1);

        assertThat(waits).hasSize(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("a failover was cut off; masterha_manager without " + option + " finishes it")
                .contains("its journal is " + files.journal());
        assertThat(files.journal()).hasBinaryContent(before);
    }

    @Test
    void people_hear_that_a_failover_waits_for_who_only_watches_or_for_the_end_of_a_pause() throws IOException {
        StateFiles files = new StateFiles(dir, "app1");
        new Journals(files, new JsonForm(), InstantSource.system())
                .open("app1", "failover", "facts")
                .close();
        new PauseFile(files, InstantSource.system()).begin(Optional.empty(), "new disks");
        try (Webhooks receiver = new Webhooks()) {
            String conf = "[server default]\nwebhook_url=" + receiver.url() + "\n[server1]\nhostname=127.0.0.1\n";

            assertThat(run(conf, "--check_only")).isEqualTo(1);
            assertThat(receiver.told()).isEmpty();
            assertThat(run(conf)).isEqualTo(1);
            assertThat(run(conf, "--monitor_only")).isEqualTo(1);

            assertThat(receiver.told()).hasSize(2);
            assertThat(receiver.told().get(0)).contains("is NOT taken up", "acting is paused", "(new disks)");
            assertThat(receiver.told().get(1)).contains("is NOT taken up", "masterha_manager without --monitor_only");
        }
    }

    /** A full disk refuses as a folder in the file's place does. */
    @Test
    void a_start_goes_on_though_its_status_cannot_be_shown() throws IOException {
        StateFiles files = new StateFiles(dir, "app1");
        Files.createDirectories(files.status().resolve("in the way"));
        Files.writeString(files.journal(), "no journal\n\n");

        assertThat(run("[server1]\nhostname=127.0.0.1\n", "--check_only")).isEqualTo(1);

        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains(files.status().toString())
                .contains("Error happened on monitoring servers: " + files.journal());
    }
}
