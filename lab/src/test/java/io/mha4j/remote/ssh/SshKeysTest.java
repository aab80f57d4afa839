package io.mha4j.remote.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import io.mha4j.remote.Host;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may log in, and whose host is believed. */
class SshKeysTest {
    private final SshServerFixture server = new SshServerFixture();

    @TempDir
    private Path home = Path.of("");

    private Path known = Path.of("");

    @BeforeEach
    void home() throws IOException, JSchException {
        SshServerFixture.homeWithKey(home);
        known = home.resolve(".ssh/known_hosts");
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void a_new_host_is_remembered_and_believed_from_then_on() throws IOException {
        connect();
        String line = Files.readString(known);
        connect();

        assertThat(line)
                .startsWith("[127.0.0.1]:" + server.port() + " ecdsa-sha2-nistp256 AAAA")
                .endsWith("\n");
        assertThat(Files.readString(known)).isEqualTo(line);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(known)))
                .isEqualTo("rw-------");
    }

    @Test
    void a_changed_host_key_is_refused() throws IOException {
        connect();
        String before = Files.readString(known);
        server.newHostKey();

        assertThatThrownBy(this::connect)
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("its host key is not the one in [" + known + "]; if that is intended, remove");
        assertThat(Files.readString(known)).isEqualTo(before);
        connect("-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null");
    }

    @Test
    void strict_checking_refuses_a_new_host_and_remembers_nothing() {
        assertThatThrownBy(() -> connect("-o", "StrictHostKeyChecking=yes"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("its host key is not in [" + known + "]; add it");
        assertThat(known).doesNotExist();
    }

    @Test
    void another_file_is_used_and_a_last_line_without_end_is_respected() throws IOException {
        Path file = Files.writeString(home.resolve("hosts"), "other ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAA");

        connect("-o", "UserKnownHostsFile=" + file);

        assertThat(Files.readAllLines(file)).hasSize(2).element(1).asString().startsWith("[127.0.0.1]:");
        assertThat(known).doesNotExist();
    }

    @Test
    void no_accepted_key_tells_what_was_tried() throws IOException, JSchException {
        Path ssh = home.resolve(".ssh");
        KeyPair locked = KeyPair.genKeyPair(new JSch(), KeyPair.ECDSA, 256);
        locked.writeOpenSSHv1PrivateKey(ssh.resolve("locked").toString(), "geheim".getBytes(StandardCharsets.US_ASCII));
        Files.writeString(ssh.resolve("text"), "hello");
        server.refuseEverybody();

        assertThatThrownBy(() -> connect(
                        "-o",
                        "IdentityAgent=none",
                        "-i",
                        ssh + "/id_ecdsa",
                        "-i",
                        ssh + "/locked",
                        "-i",
                        "/none",
                        "-i",
                        ssh + "/text"))
                .isInstanceOf(CommandException.class)
                .hasMessageStartingWith("SSH to tester@127.0.0.1:" + server.port() + ": no key was accepted (" + ssh
                        + "/id_ecdsa, " + ssh
                        + "/locked needs a passphrase and there is no agent: SSH_AUTH_SOCK is not set, /none does not exist, "
                        + ssh
                        + "/text is no private key); add the public key to authorized_keys there");
    }

    @ParameterizedTest
    @ValueSource(ints = {KeyPair.ED25519, KeyPair.ECDSA, KeyPair.RSA})
    void each_kind_of_key_logs_in(int kind) throws IOException, JSchException {
        Path file = home.resolve("key");
        KeyPair key = KeyPair.genKeyPair(new JSch(), kind, kind == KeyPair.RSA ? 2048 : 256);
        key.writeOpenSSHv1PrivateKey(file.toString(), new byte[0]);

        connect("-i", file.toString());
    }

    @Test
    void an_rsa_key_in_the_older_format_logs_in() throws IOException, JSchException {
        Path file = home.resolve("key");
        KeyPair.genKeyPair(new JSch(), KeyPair.RSA, 2048).writePrivateKey(file.toString());

        connect("-i", file.toString());
    }

    private void connect(String... options) {
        try (SshSessions sessions = new SshSessions(home)) {
            Host host = sessions.host(SshServerFixture.settings(server.port(), Duration.ofSeconds(20), options));
            assertThat(host.run(List.of("echo", "in"), Deadline.in(Duration.ofSeconds(20), System::nanoTime))
                            .stdout())
                    .isEqualTo("in\n");
        }
    }
}
