package io.mha4j.mysql.apply;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.base.Deadline;
import io.mha4j.mysql.MysqlException;
import io.mha4j.mysql.ScriptedServer;
import io.mha4j.mysql.ServerSession;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class RawSessionTest {
    private static final String LAST = "SET timestamp=1";

    /** More than the buffers of both ends take. */
    private static final int MUCH = 64 << 20;

    @Test
    void a_server_that_takes_the_rest_of_a_statement_never_is_given_up() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (ScriptedServer server = new ScriptedServer("8.0.36").standingStillAfter(LAST);
                ServerSession session = ServerSession.open(server.settings(""), ScriptedServer.deadline())) {
            Deadline deadline = Deadline.in(Duration.ofSeconds(2), System::nanoTime);
            Future<?> sent = thread.submit(() -> {
                try (RawSession raw = RawSession.open(session, deadline)) {
                    raw.run(LAST, deadline);
                    raw.send(Statement.of(new byte[MUCH]), deadline);
                }
            });
            assertThatThrownBy(() -> sent.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(MysqlException.class);
        } finally {
            thread.shutdownNow();
        }
    }
}
