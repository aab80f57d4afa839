package io.mha4j.lab.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.lab.base.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MovingAddressTest {
    private static final Path HOOK = Path.of("hooks/master_ip_failover").toAbsolutePath();

    @TempDir
    Path folder;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private Path route;
    private MovingAddress address;
    private int first;
    private int second;

    @BeforeEach
    void open() throws IOException {
        route = folder.resolve("route");
        first = echoServer('1');
        second = echoServer('2');
        address = keep(MovingAddress.open("127.0.0.1", 0, route));
        address.pointTo("127.0.0.1", first);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    @Test
    void connections_reach_the_target_and_answers_come_back() throws IOException {
        assertThat(ask(connect())).isEqualTo('1');
    }

    @Test
    void the_hook_moves_the_address_and_cuts_who_was_connected() throws Exception {
        Socket before = connect();
        assertThat(ask(before)).isEqualTo('1');

        assertThat(hook("--command=stopssh", "--orig_master_host=old", "--ssh_user=root"))
                .isZero();
        assertThatThrownBy(() -> answerOf(before)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> ask(connect())).isInstanceOf(IOException.class);

        assertThat(hook("--command=start", "--new_master_ip=127.0.0.1", "--new_master_port=" + second))
                .isZero();
        assertThat(ask(connect())).isEqualTo('2');
    }

    @Test
    void the_hook_log_holds_every_argument_but_no_password() throws Exception {
        hook(
                "--command=start",
                "--new_master_ip=127.0.0.1",
                "--new_master_port=" + second,
                "--new_master_user=root",
                "--new_master_password=s3 cret");
        assertThat(Files.readString(folder.resolve("route.log")))
                .contains("--command=start")
                .contains("--new_master_user=root --new_master_password=***")
                .doesNotContain("cret");
    }

    @Test
    void the_hook_refuses_what_it_does_not_know() throws Exception {
        assertThat(hook("--command=walk")).isEqualTo(1);
        assertThat(hook("--command=start")).isEqualTo(1);
        assertThat(hook("--command=status")).isZero();
        assertThat(hook("--answer=stop:10", "--command=stop")).isEqualTo(10);
        assertThat(ask(connect())).isEqualTo('1');
    }

    @Test
    void a_client_of_a_dead_target_is_reset_at_once() throws Exception {
        address.pointTo("127.0.0.1", Ports.unused());
        assertThatThrownBy(() -> ask(connect())).isInstanceOf(IOException.class);
    }

    private int hook(String... arguments) throws IOException, InterruptedException {
        List<String> argv = new ArrayList<>(List.of(HOOK.toString(), "--route=" + route));
        argv.addAll(List.of(arguments));
        Process process = new ProcessBuilder(argv).redirectErrorStream(true).start();
        try {
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private Socket connect() throws IOException {
        Socket socket = keep(new Socket(InetAddress.getLoopbackAddress(), address.port()));
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static int ask(Socket socket) throws IOException {
        socket.getOutputStream().write("?".getBytes(StandardCharsets.US_ASCII));
        return answerOf(socket);
    }

    private static int answerOf(Socket socket) throws IOException {
        int answer = socket.getInputStream().read();
        if (answer < 0) {
            throw new IOException("ended");
        }
        return answer;
    }

    /** A server that answers every byte with {@code name}. */
    private int echoServer(char name) throws IOException {
        ServerSocket listener = keep(new ServerSocket(0, 10, InetAddress.getLoopbackAddress()));
        daemon(() -> {
            while (true) {
                Socket client = keep(listener.accept());
                daemon(() -> {
                    while (client.getInputStream().read() >= 0) {
                        client.getOutputStream().write(name);
                    }
                });
            }
        });
        return listener.getLocalPort();
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // The test is over.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private synchronized <T extends AutoCloseable> T keep(T resource) {
        opened.add(resource);
        return resource;
    }
}
