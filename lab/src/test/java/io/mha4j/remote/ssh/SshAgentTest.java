package io.mha4j.remote.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import io.mha4j.lab.base.Patience;
import io.mha4j.lab.base.TestProgram;
import java.io.File;
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

/** Keys with a passphrase, held by a real {@code ssh-agent}. */
class SshAgentTest {
    private final SshServerFixture server = new SshServerFixture();

    @TempDir
    private Path home = Path.of("");

    private Path socket = Path.of("");
    private Process agent = ended();

    @BeforeEach
    void start() throws IOException {
        socket = home.resolve("agent");
        agent = new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Patience.await().until(() -> Files.exists(socket));
    }

    @AfterEach
    void stop() throws IOException {
        agent.destroy();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {KeyPair.ED25519, KeyPair.ECDSA, KeyPair.RSA})
    void a_key_with_a_passphrase_logs_in_through_the_agent(int kind) throws Exception {
        Path key = lockedKey(kind);
        add(key);

        connect("-i", key.toString());
        connect();
        connect("-i", key.toString(), "-o", "IdentitiesOnly=yes");
        assertThat(held()).as("keys of the agent afterwards").isEqualTo(1);
    }

    @Test
    void an_agent_that_is_gone_is_named() throws Exception {
        Path key = lockedKey(KeyPair.ED25519);
        add(key);
        agent.destroy();
        agent.waitFor();

        assertThatThrownBy(() -> connect("-i", key.toString()))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(
                        ": no key was accepted (" + key + " needs a passphrase, the agent at " + socket + " ");
    }

    @Test
    void an_agent_without_the_key_is_named() throws Exception {
        Path key = lockedKey(KeyPair.ED25519);

        assertThatThrownBy(() -> connect("-i", key.toString()))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("the agent at " + socket + " holds no key");
    }

    private void connect(String... more) {
        String[] options = new String[more.length + 2];
        options[0] = "-o";
        options[1] = "IdentityAgent=" + socket;
        System.arraycopy(more, 0, options, 2, more.length);
        try (SshSessions sessions = new SshSessions(home)) {
            assertThat(sessions.host(SshServerFixture.settings(server.port(), Duration.ofSeconds(20), options))
                            .run(List.of("echo", "in"), Deadline.in(Duration.ofSeconds(20), System::nanoTime))
                            .stdout())
                    .isEqualTo("in\n");
        }
    }

    private Path lockedKey(int kind) throws IOException, JSchException {
        Path file = home.resolve("key" + kind);
        KeyPair key = KeyPair.genKeyPair(new JSch(), kind, kind == KeyPair.RSA ? 2048 : 256);
        key.writeOpenSSHv1PrivateKey(file.toString(), "geheim".getBytes(StandardCharsets.US_ASCII));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    private void add(Path key) throws IOException, InterruptedException {
        Path ask = TestProgram.of(home.resolve("ask"), "echo geheim");
        ProcessBuilder builder = sshAdd(key.toString());
        builder.environment().put("SSH_ASKPASS", ask.toString());
        builder.environment().put("SSH_ASKPASS_REQUIRE", "force");
        Process adding = builder.redirectErrorStream(true).start();
        String said = new String(adding.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(adding.waitFor()).as(said).isZero();
    }

    private long held() throws IOException {
        Process listing = sshAdd("-l").start();
        return new String(listing.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .count();
    }

    private ProcessBuilder sshAdd(String argument) {
        ProcessBuilder builder = new ProcessBuilder("ssh-add", argument).redirectInput(new File("/dev/null"));
        builder.environment().put("SSH_AUTH_SOCK", socket.toString());
        return builder;
    }

    private static Process ended() {
        try {
            return new ProcessBuilder("true").start();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
