package io.mha4j.remote.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jcraft.jsch.JSchException;
import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import io.mha4j.lab.base.AtOnce;
import io.mha4j.lab.base.Patience;
import io.mha4j.remote.FileRange;
import io.mha4j.remote.Host;
import io.mha4j.remote.LocalHost;
import io.mha4j.remote.PortForward;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ssh_transport=ssh}: the same host behind the program ssh. */
class SshProgramTest {
    /** For what takes no time on an idle machine. */
    private static final Duration LONG = Duration.ofSeconds(60);

    private final SshServerFixture server = new SshServerFixture();

    @TempDir
    private Path home = Path.of("");

    private SshSessions sessions = new SshSessions(Path.of(""));
    private Host host = new LocalHost();

    @BeforeEach
    void connect() throws IOException, JSchException {
        sessions = new SshSessions(SshServerFixture.homeWithKey(home));
        host = sessions.host(SshServerFixture.byProgram(server.port(), LONG, home));
    }

    @AfterEach
    void disconnect() throws IOException {
        sessions.close();
        server.close();
    }

    @Test
    void commands_at_once_share_one_login() {
        List<CompletableFuture<String>> answers = IntStream.range(0, 12)
                .mapToObj(i -> AtOnce.started(() -> sh("sleep 0.1; echo " + i)))
                .toList();

        for (int i = 0; i < answers.size(); i++) {
            assertThat(answers.get(i).join()).isEqualTo(i + "\n");
        }
        assertThat(server.logins()).isEqualTo(1);
    }

    @Test
    void files_are_streamed() throws IOException {
        byte[] content = new byte[3_000_000];
        new Random(7).nextBytes(content);
        Path file = Files.write(home.resolve("it's $a file"), content);
        ByteArrayOutputStream got = new ByteArrayOutputStream();

        host.readFile(FileRange.from(file.toString(), 0), got::write, soon());

        assertThat(got.toByteArray()).isEqualTo(content);
    }

    @Test
    void a_port_there_leads_here_until_it_is_closed() throws IOException {
        try (ServerSocket here = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            int port;
            try (PortForward forward = host.forwardToHere(here.getLocalPort(), soon())) {
                port = forward.port();
                try (Socket there = new Socket(InetAddress.getLoopbackAddress(), port);
                        Socket arrived = here.accept()) {
                    arrived.getOutputStream().write(42);
                    assertThat(there.getInputStream().read()).isEqualTo(42);
                }
            }
            Patience.await().untilAsserted(() -> assertThatThrownBy(
                            () -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                    .isInstanceOf(IOException.class));
        }
    }

    @Test
    void a_host_that_forbids_forwarding_is_named() {
        server.forbidForwarding();

        assertThatThrownBy(() -> host.forwardToHere(1, soon()))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("the host forbids it; its sshd_config needs AllowTcpForwarding");
    }

    @Test
    void a_lost_connection_is_made_again() {
        sh("true");
        server.cutSessions();

        Patience.await()
                .ignoreExceptionsInstanceOf(CommandException.class)
                .untilAsserted(() -> assertThat(sh("echo back")).isEqualTo("back\n"));
    }

    @Test
    void what_ssh_complains_of_becomes_a_sentence() throws IOException {
        sh("true");
        sessions.close();
        server.newHostKey();
        assertThatThrownBy(() -> sh("true"))
                .hasMessage("SSH to tester@127.0.0.1:" + server.port() + ": its host key is not the one in known_hosts;"
                        + " if that is intended, remove the old one with ssh-keygen -R");

        Files.delete(home.resolve(".ssh/known_hosts"));
        server.refuseEverybody();
        assertThatThrownBy(() -> sh("true")).hasMessageContaining(": no key was accepted; add the public key");

        server.close();
        // A program that another test started just then listens at its port for a moment more.
        Patience.await().untilAsserted(() -> assertThatThrownBy(() -> sh("true"))
                .hasMessageContaining(": Connection refused; check address, port and sshd"));
    }

    @Test
    void an_address_that_never_speaks_costs_its_limit() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Host mute = sessions.host(SshServerFixture.byProgram(silent.getLocalPort(), Duration.ofMillis(700), home));
            long before = System.nanoTime();

            assertThatThrownBy(() -> mute.run(List.of("true"), soon()))
                    .isInstanceOf(CommandException.class)
                    .hasMessageContaining("did not answer within 0.7 s");
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(15));
        }
    }

    private String sh(String script) {
        return host.run(List.of("sh", "-c", script), soon()).stdout();
    }

    private static Deadline soon() {
        return Deadline.in(LONG, System::nanoTime);
    }
}
