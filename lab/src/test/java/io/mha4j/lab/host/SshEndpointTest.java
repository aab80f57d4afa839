package io.mha4j.lab.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jcraft.jsch.Channel;
import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.ChannelShell;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SftpException;
import io.mha4j.lab.base.Patience;
import io.mha4j.lab.base.Ports;
import io.mha4j.lab.base.Waiter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshEndpointTest {
    private static final String HOST = "127.0.0.1";
    private static final int MILLIS = 20_000;

    @TempDir
    private Path folder = Path.of("");

    private SshKeys key;
    private int port;
    private SshEndpoint endpoint;

    @BeforeEach
    void open() {
        key = SshKeys.generate(folder.resolve("key"));
        port = Ports.unused();
        endpoint = new SshEndpoint(HOST, port, key, folder);
        endpoint.open();
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    @Test
    void a_command_gets_its_input_and_gives_its_streams_and_status_apart() throws Exception {
        assertThat(exec("cat; echo wrong >&2; exit 9", "some input")).isEqualTo("9|some input|wrong\n");
        assertThat(Files.readString(folder.resolve("ssh-commands.log"))).contains("cat; echo wrong >&2; exit 9");
    }

    @Test
    void a_shell_runs_what_is_typed_and_keeps_it() throws Exception {
        Session session = login(key);
        ChannelShell shell = (ChannelShell) session.openChannel("shell");
        shell.setPty(false);
        String answer = finish(shell, "echo one\necho two\nexit 3\n");

        assertThat(answer).isEqualTo("3|one\ntwo\n");
        assertThat(Files.readString(folder.resolve("ssh-shell.log"))).isEqualTo("echo one\necho two\nexit 3\n");
        session.disconnect();
    }

    @Test
    void files_can_be_read_by_sftp() throws JSchException, SftpException, IOException {
        Path file = Files.writeString(folder.resolve("binlog"), "0123456789");
        Session session = login(key);
        ChannelSftp sftp = (ChannelSftp) session.openChannel("sftp");
        sftp.connect(MILLIS);

        assertThat(sftp.get(file.toString()).readAllBytes())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("0123456789");
        session.disconnect();
    }

    @Test
    void another_key_is_not_let_in() {
        SshKeys stranger = SshKeys.generate(folder.resolve("stranger"));

        assertThatThrownBy(() -> login(stranger))
                .isInstanceOf(JSchException.class)
                .hasMessageContaining("Auth fail");
    }

    @Test
    void the_private_key_is_readable_by_its_owner_only() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key.privateFile())))
                .isEqualTo("rw-------");
        assertThat(folder.resolve("key.pub")).content().startsWith("ssh-ed25519 ");
    }

    @Test
    void shutting_breaks_sessions_and_opening_lets_new_ones_in() throws Exception {
        Session session = login(key);
        endpoint.shut();

        soon(() -> !session.isConnected());
        // A program that another test started just then listens at its port for a moment more.
        Patience.await().untilAsserted(() -> assertThatThrownBy(() -> login(key))
                .isInstanceOf(JSchException.class)
                .hasMessageContaining("refused"));

        endpoint.open();
        assertThat(exec("echo back", "")).isEqualTo("0|back\n|");
    }

    @Test
    void a_program_outlives_its_session_but_not_the_endpoint() throws Exception {
        Session session = login(key);
        ChannelExec exec = (ChannelExec) session.openChannel("exec");
        Path pidFile = folder.resolve("pid");
        exec.setCommand("echo $$ > " + pidFile + "; exec sleep 600");
        exec.connect(MILLIS);
        soon(() -> pidFile.toFile().length() > 1);
        ProcessHandle program = ProcessHandle.of(
                        Long.parseLong(Files.readString(pidFile).strip()))
                .orElseThrow();

        session.disconnect();
        endpoint.shut();
        assertThat(program.isAlive()).isTrue();

        endpoint.close();
        soon(() -> !program.isAlive());
    }

    private Session login(SshKeys with) throws JSchException {
        JSch jsch = new JSch();
        jsch.addIdentity(with.privateFile().toString());
        Session session = jsch.getSession(System.getProperty("user.name"), HOST, port);
        session.setConfig("StrictHostKeyChecking", "no");
        session.setConfig("PreferredAuthentications", "publickey");
        session.connect(MILLIS);
        return session;
    }

    private String exec(String command, String input) throws JSchException {
        Session session = login(key);
        ChannelExec exec = (ChannelExec) session.openChannel("exec");
        exec.setCommand(command);
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        exec.setErrStream(errors);
        String answer = finish(exec, input) + "|" + errors.toString(StandardCharsets.UTF_8);
        session.disconnect();
        return answer;
    }

    private static String finish(Channel channel, String input) throws JSchException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        channel.setInputStream(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        channel.setOutputStream(out);
        channel.connect(MILLIS);
        soon(channel::isClosed);
        return channel.getExitStatus() + "|" + out.toString(StandardCharsets.UTF_8);
    }

    private static void soon(BooleanSupplier condition) {
        Waiter waiter = Waiter.real();
        assertThat(waiter.until(waiter.in(Duration.ofSeconds(20)), condition)).isTrue();
    }
}
