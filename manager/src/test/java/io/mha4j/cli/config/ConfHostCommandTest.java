package io.mha4j.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.base.MhaException;
import io.mha4j.cli.command.CommandLineSyntax;
import io.mha4j.cli.command.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfHostCommandTest {
    private static final String BEFORE =
            "# ours\n[server default]\nuser = mha   # the account\n\n[server1]\nhostname=db1\n\n# far away\n[server2]\nhostname=db2\n";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @TempDir
    private Path dir = Path.of("");

    private Path conf = Path.of("");

    @BeforeEach
    void write() throws IOException {
        conf = Files.writeString(dir.resolve("app1.cnf"), BEFORE);
        Files.setPosixFilePermissions(conf, PosixFilePermissions.fromString("rw-r-----"));
    }

    private int run(String... args) {
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new ByteArrayInputStream(new byte[0]));
        List<String> all = new ArrayList<>(List.of("--conf=" + conf));
        all.addAll(List.of(args));
        ConfHostCommand command = new ConfHostCommand();
        return command.run(CommandLineSyntax.parse(command, all), terminal);
    }

    @Test
    void quotes_around_a_value_are_the_file_s_not_the_value_s() throws IOException {
        assertThat(run(
                        "--command=add",
                        "--hostname=db3",
                        "--params=master_binlog_dir='/data/my sql';candidate_master=\"1\""))
                .isZero();

        assertThat(conf).content().contains("master_binlog_dir=/data/my sql\n", "candidate_master=1\n");
    }

    @Test
    void a_server_is_added_at_the_end_and_the_rest_stays() throws IOException {
        assertThat(run("--command=add", "--hostname=db3", "--block=100", "--params=port=3307;ssh_options=-o A=b"))
                .isZero();

        assertThat(conf).content().startsWith(BEFORE);
        assertThat(Files.readString(conf).substring(BEFORE.length()))
                .isEqualTo("\n[server100]\nhostname=db3\nport=3307\nssh_options=-o A=b\n");
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("Wrote server100 entry to " + conf + " .\n");
        assertThat(dir.resolve("app1.cnf.bak")).hasContent(BEFORE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(conf)))
                .isEqualTo("rw-r-----");
    }

    @Test
    void a_server_is_removed_with_nothing_else() {
        assertThat(run("--command=delete", "--block=server1")).isZero();

        assertThat(conf).content().isEqualTo(BEFORE.replace("[server1]\nhostname=db1\n\n", ""));
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("Deleted server1 entry from " + conf + " .\n");
    }

    @Test
    void a_link_to_the_file_stays_a_link() throws IOException {
        Path real = Files.move(conf, dir.resolve("real.cnf"));
        Files.createSymbolicLink(conf, real);

        assertThat(run("--command=remove", "--block=1")).isZero();

        assertThat(conf).isSymbolicLink();
        assertThat(real).content().doesNotContain("db1");
    }

    @Test
    void what_is_not_there_is_told_and_is_no_error() {
        assertThat(run("--command=remove", "--hostname=db9")).isZero();

        assertThat(out.toString(StandardCharsets.UTF_8)).contains("server_db9 entry not found");
        assertThat(conf).hasContent(BEFORE);
        assertThat(dir.resolve("app1.cnf.bak")).doesNotExist();
    }

    @Test
    void a_second_section_of_one_name_and_an_unknown_parameter_are_refused() {
        assertThatThrownBy(() -> run("--command=add", "--hostname=db1", "--block=server1"))
                .isInstanceOf(MhaException.class)
                .hasMessageContaining("[server1] stands already in ");
        assertThatThrownBy(() -> run("--command=add", "--hostname=db3", "--params=candidate_mster=1"))
                .isInstanceOf(MhaException.class)
                .hasMessage("--params: candidate_mster is no parameter; did you mean candidate_master?");
        assertThatThrownBy(() -> run("--command=move", "--hostname=db3")).isInstanceOf(MhaException.class);
        assertThat(conf).hasContent(BEFORE);
    }

    @ParameterizedTest
    @CsvSource({
        "no_master=yes;port=3307, no_master=yes: must be 0 or 1",
        "no_master=1;port=abc, port=abc: must be a port number from 1 to 65535"
    })
    void a_value_that_would_make_the_file_unusable_is_refused(String params, String why) {
        assertThatThrownBy(() -> run("--command=add", "--hostname=db3", "--params=" + params))
                .isInstanceOf(MhaException.class)
                .hasMessage("--params: " + why);
        assertThat(conf).hasContent(BEFORE);
    }

    @Test
    void a_host_name_that_is_none_is_refused() {
        assertThatThrownBy(() -> run("--command=add", "--hostname=db 3"))
                .isInstanceOf(MhaException.class)
                .hasMessageStartingWith("--hostname=db 3: must be a host name or address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "ISO-8859-1"})
    void bytes_that_an_edit_does_not_concern_stay_whatever_encoding_they_are_in(String charset) throws IOException {
        byte[] before = ("# Überwachung\n" + BEFORE).getBytes(Charset.forName(charset));
        Files.write(conf, before);

        run("--command=add", "--hostname=db3");

        byte[] after = Files.readAllBytes(conf);
        assertThat(after).startsWith(before);
        assertThat(new String(after, before.length, after.length - before.length, StandardCharsets.US_ASCII))
                .isEqualTo("\n[server_db3]\nhostname=db3\n");
        assertThat(dir.resolve("app1.cnf.bak")).hasBinaryContent(before);
    }

    @Test
    void a_byte_order_mark_stays_and_the_section_behind_it_is_found() throws IOException {
        Files.writeString(conf, "\uFEFF[server1]\nhostname=db1\n[server2]\nhostname=db2\n");

        run("--command=remove", "--block=1");

        assertThat(conf).hasContent("\uFEFF[server2]\nhostname=db2\n");
    }

    @Test
    void a_value_in_an_unknown_encoding_is_not_added_to() throws IOException {
        Files.write(conf, "[server1]\nhostname=db1\npassword=M\u00fcll\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> run("--command=add", "--hostname=db3"))
                .isInstanceOf(MhaException.class)
                .hasMessage(conf + ":3: a value or name is not UTF-8 text; save the file as UTF-8");
    }

    @Test
    void a_file_that_is_not_there_is_named() throws IOException {
        Files.delete(conf);

        assertThatThrownBy(() -> run("--command=remove", "--block=1"))
                .isInstanceOf(MhaException.class)
                .hasMessage(conf + ": cannot be read: no such file");
    }
}
