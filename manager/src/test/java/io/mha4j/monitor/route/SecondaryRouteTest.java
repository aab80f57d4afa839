package io.mha4j.monitor.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.remote.CommandRunner;
import io.mha4j.remote.LocalHost;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SecondaryRouteTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "0   | ' 4a 00 00 00 0a'                                                       | Reached",
                "0   | ' 17 00 00 00 ff'                                                       | Reached",
                "0   | ' 53 53 48 2d 32'                                                       | NotReached",
                "0   | ''                                                                      | NotReached",
                "124 | ''                                                                      | NotReached",
                "1   | 'bash: /dev/tcp/10.0.0.1/3306: Connection refused'                      | NotReached",
                "1   | 'bash: /dev/tcp/10.0.0.1/3306: No route to host'                        | NotReached",
                "0   | 'head: error reading standard input: Connection reset by peer'          | NotReached",
                "1   | 'bash: db1: Temporary failure in name resolution'                       | Unusable",
                "1   | 'bash: /dev/tcp/10.0.0.1/3306: No such file or directory'               | Unusable",
                "0   | 'bash: head: command not found'                                         | Unusable",
                "254 | 'bash: fork: retry: Resource temporarily unavailable'                   | Unusable",
                "9   | 'needs bash and timeout there'                                          | Unusable",
                "137 | ''                                                                      | Unusable",
            })
    void only_what_is_said_of_the_connection_is_a_vote(int exit, String stdout, String answer) {
        CommandRunner.Result result = new CommandRunner.Result(exit, stdout.replace("'", ""), "");

        assertThat(SecondaryRoute.answer(result, LIMIT).getClass().getSimpleName())
                .isEqualTo(answer);
    }

    @Test
    void a_port_that_nobody_listens_at_is_not_reached() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }

        assertThat(ask(port)).isInstanceOf(RouteAnswer.NotReached.class);
    }

    @Test
    void who_closes_at_once_is_not_reached() throws IOException {
        try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> closeNext(door));
            assertThat(ask(door.getLocalPort())).isInstanceOf(RouteAnswer.NotReached.class);
            closed.join();
        }
    }

    private static void closeNext(ServerSocket door) {
        try (Socket client = door.accept()) {
            client.setSoLinger(true, 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RouteAnswer ask(int port) {
        try (LocalHost host = new LocalHost()) {
            return new SecondaryRoute(host, System::nanoTime).ask("127.0.0.1", port, LIMIT);
        }
    }
}
