package io.mha4j.monitor.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.Deadline;
import io.mha4j.remote.ClosedPort;
import io.mha4j.remote.CommandRunner;
import io.mha4j.remote.LocalHost;
import io.mha4j.remote.LocalRunner;
import io.mha4j.remote.TestProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SecondaryRouteTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    private Path dir = Path.of("");

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
                "1   | 'bash: /dev/tcp/10.0.0.1/3306: Host is unreachable'                     | NotReached",
                "1   | 'bash: /dev/tcp/10.0.0.1/3306: Network unreachable'                     | NotReached",
                "1   | 'bash: /dev/tcp/10.0.0.1/3306: Network is unreachable'                  | NotReached",
                "1   | 'bash: /dev/tcp/10.0.0.1/3306: Operation timed out'                     | NotReached",
                "0   | 'head: error reading standard input: Connection reset by peer'          | NotReached",
                "1   | 'bash: db1: Temporary failure in name resolution'                       | Unusable",
                "1   | 'bash: /dev/tcp/10.0.0.1/3306: No such file or directory'               | Unusable",
                "0   | 'bash: head: command not found'                                         | Unusable",
                "254 | 'bash: fork: retry: Resource temporarily unavailable'                   | Unusable",
                "9   | 'needs bash and timeout there'                                          | Unusable",
                "137 | ''                                                                      | Unusable",
                "143 | ''                                                                      | Unusable",
            })
    void only_what_is_said_of_the_connection_is_a_vote(int exit, String stdout, String answer) {
        CommandRunner.Result result = new CommandRunner.Result(exit, stdout.replace("'", ""), "");

        assertThat(SecondaryRoute.answer(result, LIMIT, Duration.ZERO)
                        .getClass()
                        .getSimpleName())
                .isEqualTo(answer);
    }

    @Test
    void a_port_that_nobody_listens_at_is_not_reached() throws IOException {
        try (ClosedPort port = new ClosedPort()) {
            assertThat(ask(port.number())).isInstanceOf(RouteAnswer.NotReached.class);
        }
    }

    @Test
    void who_closes_at_once_is_not_reached() throws IOException {
        try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> closeNext(door));
            assertThat(ask(door.getLocalPort())).isInstanceOf(RouteAnswer.NotReached.class);
            closed.join();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "GNU     | exec /usr/bin/timeout",
                "BusyBox | s=$1; shift; (sleep $s; kill -TERM $$) >/dev/null 2>&1 & exec",
            })
    void who_says_nothing_within_the_limit_is_not_reached(String whose, String timeout) throws IOException {
        TestProgram.of(dir.resolve("timeout"), "#!/bin/sh\n" + timeout + " \"$@\"\n");
        String path = "PATH=" + dir + ":" + System.getenv("PATH");
        // A busy machine may take long to start all that.
        CommandRunner host = (argv, deadline) -> new LocalRunner()
                .run(
                        Stream.concat(Stream.of("env", path), argv.stream()).toList(),
                        Deadline.in(LIMIT, System::nanoTime));
        try (ServerSocket frozen = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(new SecondaryRoute(host, System::nanoTime)
                            .ask("127.0.0.1", frozen.getLocalPort(), Duration.ofSeconds(1)))
                    .isEqualTo(new RouteAnswer.NotReached("no greeting within 1 s"));
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
