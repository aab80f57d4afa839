package io.mha4j.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.base.ServerId;
import io.mha4j.config.ServerSettings;
import io.mha4j.mysql.MysqlException;
import io.mha4j.mysql.ScriptedServer;
import io.mha4j.mysql.ServerSession;
import io.mha4j.scenario.Scenario;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class SessionsTest {
    private static final String LOCK = "SELECT GET_LOCK('" + Sessions.FAILOVER_LOCK + "', 1) AS got";

    /** Named as most people name them, so that the hash codes of the two differ by 32. */
    @Test
    void whoever_is_silent_holds_up_no_login_to_another_server() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try (ServerSocket silent = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
                ScriptedServer talking = new ScriptedServer("8.0.36")) {
            talking.answering(LOCK, List.of("got"), List.of(List.of("1")));
            ServerSettings server1 = talking.settings("");
            ServerId server2 = new ServerId(1, "server2", "db2", "127.0.0.1", silent.getLocalPort());
            Sessions sessions = new Sessions(
                    Scenario.of("servers", "  a  source")
                            .application()
                            .withServers(List.of(server1, server1.withId(server2))),
                    (server, statement) -> {});

            Future<ServerSession> waiting = threads.submit(() -> sessions.of(server2, ScriptedServer.deadline()));
            try (var accepted = silent.accept()) {
                Future<ServerSession> let = threads.submit(() -> sessions.of(server1.id(), ScriptedServer.deadline()));
                assertThat(let.get(20, TimeUnit.SECONDS).isOpen()).isTrue();
                assertThat(sessions.of(server1.id(), ScriptedServer.deadline())).isSameAs(let.get());
                assertThat(waiting.isDone()).isFalse();
            }
            assertThatThrownBy(() -> waiting.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(MysqlException.class);
            sessions.close();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void a_lock_that_a_purge_gives_back_is_waited_for() throws Exception {
        try (ScriptedServer server = new ScriptedServer("8.0.36")) {
            server.answering(LOCK, List.of("got"), List.of(List.of("0")));
            server.doing(LOCK, () -> server.answering(LOCK, List.of("got"), List.of(List.of("1"))));
            try (Sessions sessions = sessions(server.settings(""))) {
                sessions.claim(List.of(server.settings("").id()), System::nanoTime);

                assertThat(server.statements()).filteredOn(LOCK::equals).hasSize(2);
                ServerSession kept = sessions.of(server.settings("").id(), ScriptedServer.deadline());
                assertThat(kept.isOpen()).isTrue();
                assertThat(server.statements()).filteredOn(LOCK::equals).hasSize(2);
            }
        }
    }

    @Test
    void a_lock_that_is_kept_forbids_to_begin() throws Exception {
        AtomicLong now = new AtomicLong();
        try (ScriptedServer server = new ScriptedServer("8.0.36")) {
            server.answering(LOCK, List.of("got"), List.of(List.of("0")));
            server.doing(LOCK, () -> now.addAndGet(Duration.ofSeconds(4).toNanos()));
            ServerId id = server.settings("").id();
            try (Sessions sessions = sessions(server.settings(""))) {
                assertThatThrownBy(() -> sessions.claim(List.of(id), now::get))
                        .isInstanceOf(LockHeldException.class)
                        .hasMessageContaining(Sessions.FAILOVER_LOCK);
                assertThat(server.statements()).filteredOn(LOCK::equals).hasSize(3);
            }
        }
    }

    @Test
    void who_cannot_be_reached_forbids_nothing() throws Exception {
        ServerSettings gone;
        try (ScriptedServer server = new ScriptedServer("8.0.36")) {
            gone = server.settings("");
        }
        try (Sessions sessions = sessions(gone)) {
            assertThatCode(() -> sessions.claim(List.of(gone.id()), System::nanoTime))
                    .doesNotThrowAnyException();
        }
    }

    private static Sessions sessions(ServerSettings server) {
        return new Sessions(
                Scenario.of("servers", "  a  source").application().withServers(List.of(server)),
                (to, statement) -> {});
    }
}
