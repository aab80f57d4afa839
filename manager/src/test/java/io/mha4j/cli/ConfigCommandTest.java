package io.mha4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mha4j.cli.command.CommandEntry;
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

final class ConfigCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path dir;

    @BeforeEach
    void writeFiles() throws IOException {
        Files.writeString(dir.resolve("default.cnf"), "[server default]\nuser=mha\npassword=hunter2\n");
        Files.writeString(dir.resolve("app1.cnf"), """
                [server default]
                init_conf_load_script=echo ping_interval=7
                ssh_port=2200
                [server1]
                hostname=127.0.0.1
                no_master=1
                [binlog1]
                hostname=127.0.0.2
                """);
    }

    private int run(String... more) {
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new ByteArrayInputStream(new byte[0]));
        List<String> args = new java.util.ArrayList<>(
                List.of("masterha", "config", "--conf=" + dir + "/app1.cnf", "--global_conf=" + dir + "/default.cnf"));
        args.addAll(List.of(more));
        return new Main(Commands.ALL, terminal).run(args);
    }

    @Test
    void every_effective_value_is_listed_with_its_origin() {
        assertThat(run()).isZero();
        String listing =
                out.toString(StandardCharsets.UTF_8).replace(dir + "/", "").replaceAll(" +", " ");
        assertThat(listing)
                .contains("[server default]", "[server1]", "[binlog1]")
                .contains("no_master = 1 ; app1.cnf:6")
                .contains("ssh_port = 2200 ; app1.cnf:3")
                .contains("user = mha ; default.cnf:2")
                .contains("ping_interval = 7 ; init_conf_load_script:1")
                .contains("port = 3306 ; default")
                .contains("ip = 127.0.0.1 ; 127.0.0.1 resolved")
                .contains("# report_script ; not set: not run")
                .contains("password = *** ; default.cnf:3")
                .doesNotContain("hunter2");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void json_holds_the_same() throws IOException {
        assertThat(run("--json")).isZero();
        JsonNode json = new ObjectMapper().readTree(out.toByteArray());
        assertThat(json.at("/app").asText()).isEqualTo("app1");
        assertThat(json.at("/warnings").isEmpty()).isTrue();
        JsonNode server = json.at("/sections/server1");
        assertThat(server.at("/ping_interval/value").asText()).isEqualTo("7");
        assertThat(server.at("/ping_interval/from").asText()).isEqualTo("init_conf_load_script:1");
        assertThat(server.at("/password/value").asText()).isEqualTo("***");
        assertThat(server.at("/repl_user/value").isNull()).isTrue();
        assertThat(json.at("/sections/binlog1/hostname/value").asText()).isEqualTo("127.0.0.2");
        assertThat(json.at("/sections/binlog1/no_master").isMissingNode()).isTrue();
    }

    @Test
    void a_configuration_that_cannot_be_used_ends_with_1_and_every_problem() throws IOException {
        Files.writeString(dir.resolve("app1.cnf"), "[server1]\nhostname=127.0.0.1\nport=x\nno_master=2\n");
        assertThat(run()).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8).replace(dir + "/", ""))
                .isEqualToIgnoringNewLines("app1.cnf:3: port=x: must be a port number from 1 to 65535"
                        + "app1.cnf:4: no_master=2: must be 0 or 1");
        assertThat(out.size()).isZero();
    }

    @Test
    void no_command_is_listed_twice() {
        assertThat(Commands.ALL).extracting(CommandEntry::name).doesNotHaveDuplicates();
        assertThat(Commands.ALL.stream().flatMap(entry -> entry.mhaName().stream()))
                .doesNotHaveDuplicates();
    }
}
