package io.mha4j.remote.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jcraft.jsch.JSchException;
import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import io.mha4j.lab.base.AtOnce;
import io.mha4j.lab.base.Patience;
import io.mha4j.lab.base.Ports;
import io.mha4j.remote.Host;
import io.mha4j.remote.LocalHost;
import io.mha4j.remote.PortForward;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ports of another host that lead here. */
class SshForwardTest {
    private static final int MEGABYTE = 1 << 20;

    private final SshServerFixture server = new SshServerFixture();

    @TempDir
    private Path home = Path.of("");

    private SshSessions sessions = new SshSessions(Path.of(""));
    private Host host = new LocalHost();

    @BeforeEach
    void connect() throws IOException, JSchException {
        sessions = new SshSessions(SshServerFixture.homeWithKey(home));
        host = sessions.host(SshServerFixture.settings(server.port(), Duration.ofSeconds(20)));
    }

    @AfterEach
    void disconnect() throws IOException {
        sessions.close();
        server.close();
    }

    @Test
    void a_port_there_leads_here_until_it_is_closed() throws IOException {
        try (Sender here = new Sender(3 * MEGABYTE)) {
            int port;
            try (PortForward forward = host.forwardToHere(here.port(), soon())) {
                port = forward.port();
                assertThat(port).isNotEqualTo(here.port());
                assertThat(forward.isOpen()).isTrue();
                assertThat(server.forwards()).isEqualTo(1);
                assertThat(received(port)).isEqualTo(3 * MEGABYTE);
                assertThat(received(port)).isEqualTo(3 * MEGABYTE);
            }
            assertGone(port);
        }
    }

    @Test
    void many_forwards_and_many_connections_through_each_work_at_once() throws IOException {
        List<PortForward> forwards = new ArrayList<>();
        try (Sender here = new Sender(MEGABYTE)) {
            for (int i = 0; i < 17; i++) {
                forwards.add(host.forwardToHere(here.port(), soon()));
            }
            List<CompletableFuture<Long>> readers = IntStream.range(0, 34)
                    .mapToObj(i -> AtOnce.started(
                            () -> received(forwards.get(i % forwards.size()).port())))
                    .toList();

            assertThat(forwards.stream().map(PortForward::port)).doesNotHaveDuplicates();
            assertThat(readers).allSatisfy(r -> assertThat(r.join()).isEqualTo(MEGABYTE));
        } finally {
            forwards.forEach(PortForward::close);
        }
        forwards.forEach(f -> assertGone(f.port()));
    }

    @Test
    void a_forward_takes_the_connection_of_the_commands_and_gives_it_back() throws IOException {
        assertThat(host.run(List.of("echo", "1"), soon()).stdout()).isEqualTo("1\n");
        try (Sender here = new Sender(MEGABYTE)) {
            int port;
            try (PortForward forward = host.forwardToHere(here.port(), soon())) {
                port = forward.port();
                assertThat(received(port)).isEqualTo(MEGABYTE);
                assertThat(host.run(List.of("echo", "2"), soon()).stdout()).isEqualTo("2\n");
                assertThat(server.logins()).as("logins").isEqualTo(1);
            }
            assertGone(port);
            assertThat(host.run(List.of("echo", "3"), soon()).stdout()).isEqualTo("3\n");
            host.forwardToHere(here.port(), soon()).close();
            assertThat(server.logins()).as("logins").isEqualTo(1);
        }
    }

    @Test
    void a_connection_that_comes_back_when_its_host_was_closed_is_closed_too() throws IOException {
        host.run(List.of("true"), soon());
        try (Sender here = new Sender(1)) {
            PortForward forward = host.forwardToHere(here.port(), soon());
            sessions.close();
            forward.close();
            assertGone(forward.port());
            Patience.await().until(() -> server.sessions() == 0);
        }
    }

    @Test
    void a_host_that_forbids_forwarding_is_told_from_one_that_is_lost() {
        server.forbidForwarding();

        assertThatThrownBy(() -> host.forwardToHere(1, soon()))
                .isInstanceOf(CommandException.class)
                .hasMessage("SSH to tester@127.0.0.1:" + server.port() + ": asked to forward a port to here, the host"
                        + " forbids it; its sshd_config needs AllowTcpForwarding yes or remote, and the key in"
                        + " authorized_keys neither restrict nor no-port-forwarding");
    }

    @Test
    void a_try_logs_in_once_with_the_commands_and_leaves_no_port() {
        host.tryForwardToHere(soon());
        host.run(List.of("true"), soon());
        host.tryForwardToHere(soon());

        assertThat(server.logins()).isEqualTo(1);
        Patience.await().until(() -> server.forwards() == 0);
    }

    @Test
    void a_try_says_what_a_forward_would() {
        server.forbidForwarding();

        assertThatThrownBy(() -> host.tryForwardToHere(soon()))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(" forbids it; its sshd_config needs AllowTcpForwarding yes or remote");
        assertThat(host.run(List.of("echo", "still"), soon()).stdout()).isEqualTo("still\n");
        assertThat(server.logins()).as("logins").isEqualTo(1);
    }

    @Test
    void a_forward_without_anybody_behind_it_ends_connections() throws IOException {
        try (PortForward forward = host.forwardToHere(Ports.unused(), soon())) {
            assertThat(received(forward.port())).isZero();
        }
    }

    @Test
    void a_lost_connection_closes_the_forward_and_leaves_commands_alone() throws IOException {
        try (Sender here = new Sender(1);
                PortForward forward = host.forwardToHere(here.port(), soon())) {
            server.cutSessions();
            Patience.await().until(() -> !forward.isOpen());
            assertThat(host.run(List.of("echo", "still"), soon()).stdout()).isEqualTo("still\n");
            assertGone(forward.port());
        }
    }

    @Test
    void on_this_host_the_port_is_the_forward() {
        try (PortForward forward = new LocalHost().forwardToHere(4711, soon())) {
            assertThat(forward.port()).isEqualTo(4711);
            assertThat(forward.isOpen()).isTrue();
        }
        new LocalHost().tryForwardToHere(soon());
    }

    private static void assertGone(int port) {
        Patience.await().untilAsserted(() -> assertThatThrownBy(
                        () -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                .isInstanceOf(ConnectException.class));
    }

    /** How many bytes come from a port of this machine. */
    private static long received(int port) {
        byte[] buffer = new byte[1 << 16];
        long sum = 0;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                InputStream in = socket.getInputStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                sum += n;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sum;
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(20), System::nanoTime);
    }

    /** Sends so many bytes to everybody who connects. */
    private static final class Sender implements AutoCloseable {
        private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final byte[] bytes;

        Sender(int count) throws IOException {
            bytes = new byte[count];
            background(this::accept);
        }

        int port() {
            return socket.getLocalPort();
        }

        private void accept() {
            try {
                while (!socket.isClosed()) {
                    Socket taker = socket.accept();
                    background(() -> send(taker));
                }
            } catch (IOException e) {
                // Closed: the test is over.
            }
        }

        private void send(Socket taker) {
            try (taker) {
                taker.getOutputStream().write(bytes);
            } catch (IOException e) {
                // The taker sees that something is missing.
            }
        }

        private static void background(Runnable work) {
            Thread thread = new Thread(work, "sender");
            thread.setDaemon(true);
            thread.start();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
