package io.mha4j.execution.online;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.Deadline;
import io.mha4j.mysql.ScriptedServer;
import io.mha4j.mysql.ServerSession;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LockWaitersTest {
    private final AtomicLong now = new AtomicLong();
    private final Set<Long> waiting = new TreeSet<>(List.of(5L, 6L));
    private ScriptedServer server;
    private ServerSession session;

    @BeforeEach
    void open() throws IOException {
        server = new ScriptedServer("8.0.16").refusing("KILL 5", 1095, "You are not owner of thread 5");
        session = ServerSession.open(server.settings("pw"), ScriptedServer.deadline());
    }

    @AfterEach
    void close() throws IOException {
        session.close();
        server.close();
    }

    /** @param dying those that end when they are told */
    private LockWaiters.Outcome end(Set<Long> dying) {
        LockWaiters.Server waiters = new LockWaiters.Server() {
            @Override
            public List<Long> waiting() {
                return List.copyOf(waiting);
            }

            @Override
            public void end(long connection) {
                session.kill(connection, ScriptedServer.deadline());
                waiting.removeIf(each -> each == connection && dying.contains(each));
            }
        };
        return new LockWaiters(
                        waiters, () -> now.addAndGet(Duration.ofMillis(10).toNanos()))
                .end(Deadline.in(Duration.ofSeconds(10), now::get));
    }

    @Test
    void one_that_our_account_may_not_end_holds_nobody_up() {
        LockWaiters.Outcome outcome = end(Set.of(5L, 6L));

        assertThat(outcome.ended()).isEqualTo(1);
        assertThat(outcome.left()).containsExactly(5L);
        assertThat(outcome.why()).hasValueSatisfying(why -> assertThat(why).contains("KILL 5"));
        assertThat(now.get()).isLessThan(Duration.ofSeconds(1).toNanos());
    }

    @Test
    void those_that_do_not_end_are_told_when_the_time_is_over() {
        waiting.remove(5L);

        LockWaiters.Outcome outcome = end(Set.of());

        assertThat(outcome.left()).containsExactly(6L);
        assertThat(outcome.why()).isEmpty();
    }

    @Test
    void nobody_is_left_where_all_ended() {
        waiting.remove(5L);

        assertThat(end(Set.of(6L)).left()).isEmpty();
    }
}
