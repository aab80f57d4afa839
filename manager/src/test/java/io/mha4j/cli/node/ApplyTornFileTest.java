package io.mha4j.cli.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.binlog.SampleLogs;
import io.mha4j.cli.command.CommandLineSyntax;
import io.mha4j.cli.command.Terminal;
import io.mha4j.mysql.ScriptedServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that {@code apply_diff_relay_logs} applies and that ends in the middle of an event. */
final class ApplyTornFileTest {
    @TempDir
    private Path folder;

    /** A copy that was cut off looks as what a crash leaves. */
    @Test
    void what_is_left_out_is_told_on_standard_error() throws IOException {
        byte[] log =
                Files.readAllBytes(SampleLogs.folder("8.0.15-row", "source").resolve("mysql-bin.000001"));
        Path torn = Files.write(folder.resolve("torn"), Arrays.copyOf(log, log.length - 1));
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ScriptedServer server = new ScriptedServer("8.0.15")
                .answering("SELECT @@global.max_allowed_packet", List.of("size"), List.of(List.of("1073741824")))) {
            int exit = new ApplyDiffRelayLogsCommand()
                    .run(
                            CommandLineSyntax.parse(
                                    new ApplyDiffRelayLogsCommand(),
                                    List.of(
                                            "--command=apply",
                                            "--apply_files=" + torn,
                                            "--slave_host=127.0.0.1",
                                            "--slave_port="
                                                    + server.settings("x").id().port(),
                                            "--workdir=" + folder,
                                            "--manager_version=0.58")),
                            new Terminal(printing(out), printing(err), new ByteArrayInputStream(new byte[0])));
            assertThat(exit).as(out + "" + err).isZero();
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("left out");
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("WARNING: " + torn + " ends in the middle of the event at offset ")
                .contains(" a copy that was cut off looks the same");
    }

    private static PrintStream printing(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }
}
