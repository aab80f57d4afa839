package io.mha4j.cli.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.MhaException;
import io.mha4j.cli.command.Command;
import io.mha4j.cli.command.CommandLineSyntax;
import io.mha4j.cli.command.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arguments of the node tools that cannot be meant so, and what is told of them. */
final class NodeArgumentsTest {
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    @BeforeEach
    void logs() throws IOException {
        for (String name : new String[] {"bin.000001", "bin.index", "nodot", "relay.000001"}) {
            Files.write(folder.resolve(name), new byte[0]);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bin.index", "nodot"})
    void what_is_no_log_cannot_be_saved(String name) {
        assertThat(run(
                        new SaveBinaryLogsCommand(),
                        "--command=save",
                        "--start_file=" + name,
                        "--start_pos=4",
                        "--binlog_dir=" + folder,
                        "--output_file=" + folder.resolve("out")))
                .isEqualTo(1);
        assertThat(told()).contains("'" + name + "' is the name of no log");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bin.index", "nodot"})
    void what_is_no_log_has_no_position(String name) {
        assertThat(difference("find", "--latest_mlf=" + name)).isEqualTo(1);
        assertThat(told()).contains("--latest_mlf");
    }

    @ParameterizedTest
    @ValueSource(strings = {"generate", "generate_and_send", "apply"})
    void text_is_refused_before_anything_is_written(String command) {
        Path workdir = folder.resolve("work");
        assertThat(difference(
                        command,
                        "--latest_mlf=bin.000001",
                        "--handle_raw_binlog=0",
                        "--diff_file_readtolatest=" + folder.resolve("diff"),
                        "--apply_files=" + folder.resolve("bin.000001"),
                        "--workdir=" + workdir))
                .isEqualTo(1);
        assertThat(told()).contains("--handle_raw_binlog=0: only binary logs are generated and applied");
        assertThat(workdir).doesNotExist();
        assertThat(folder.resolve("diff")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "", "70000", "0", "99999999999"})
    void what_is_no_port_of_an_option_file_is_told(String port) throws IOException {
        Path file = Files.writeString(folder.resolve("my.cnf"), "[client]\nport=" + port + "\n");
        assertThat(run(new PurgeRelayLogsCommand(), "--defaults_file=" + file)).isEqualTo(1);
        assertThat(told()).contains("port");
    }

    @Test
    void an_empty_host_is_told() {
        assertThat(run(new PurgeRelayLogsCommand(), "--host=")).isEqualTo(1);
        assertThat(told()).contains("host");
    }

    private int difference(String command, String... more) {
        String[] args = new String[more.length + 7];
        args[0] = "--command=" + command;
        args[1] = "--relay_dir=" + folder;
        args[2] = "--current_relay_log=relay.000001";
        args[3] = "--latest_rmlp=200";
        args[4] = "--target_mlf=bin.000001";
        args[5] = "--target_rmlp=100";
        args[6] = "--manager_version=0.58";
        System.arraycopy(more, 0, args, 7, more.length);
        return run(new ApplyDiffRelayLogsCommand(), args);
    }

    /** Anything but an error of our own would be told with where it was thrown. */
    private int run(Command command, String... args) {
        PrintStream out = new PrintStream(told, true, StandardCharsets.UTF_8);
        try {
            return command.run(
                    CommandLineSyntax.parse(command, List.of(args)),
                    new Terminal(out, out, new ByteArrayInputStream(new byte[0])));
        } catch (MhaException failed) {
            out.println(failed.getMessage());
            return 1;
        }
    }

    private String told() {
        return told.toString(StandardCharsets.UTF_8);
    }
}
