package io.mha4j.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.mysql.receiver.SourceReach;
import io.mha4j.topology.ReplicaStatus.ThreadState;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A receiver that is told to try again is stopped for that, and must not stay so. */
@Timeout(60)
class TryAgainTest {
    private static final String STOP = "STOP REPLICA IO_THREAD FOR CHANNEL ''";
    private static final String START = "START REPLICA IO_THREAD FOR CHANNEL ''";

    @Test
    void a_receiver_is_started_over_another_session_when_the_one_that_stopped_it_is_lost() throws IOException {
        try (ScriptedServer server = new ScriptedServer("8.0.32").breakingOffAt(STOP)) {
            try (ServerSession session = ServerSession.open(server.settings("x"), ScriptedServer.deadline())) {
                ReplicationControl control = new ReplicationControl(session, "", time -> {});
                assertThatThrownBy(() -> control.tryAgainIfDue(reachToTryAgain(), ScriptedServer.deadline()))
                        .isInstanceOf(MysqlException.class)
                        .hasMessageContaining(STOP);
            }
            assertThat(server.statements()).containsSubsequence(STOP, START);
        }
    }

    @Test
    void a_server_that_is_lost_for_longer_is_told_as_out_of_reach_and_may_be_asked_again() throws IOException {
        try (ScriptedServer server =
                new ScriptedServer("8.0.32").breakingOffAt(STOP).refusing(START, 1200, "not yet")) {
            try (ServerSession session = ServerSession.open(server.settings("x"), ScriptedServer.deadline())) {
                ReplicationControl control = new ReplicationControl(session, "", time -> {});
                assertThatThrownBy(() -> control.tryAgainIfDue(reachToTryAgain(), ScriptedServer.deadline()))
                        .isInstanceOfSatisfying(MysqlException.class, e -> assertThat(e.kind())
                                .isEqualTo(MysqlException.Kind.UNREACHABLE))
                        .hasMessageContaining(STOP)
                        .hasMessageContaining("not yet (error 1200); its I/O thread may stand still: start it")
                        .hasCauseInstanceOf(MysqlException.class);
            }
        }
    }

    private static SourceReach reachToTryAgain() {
        AtomicLong now = new AtomicLong();
        SourceReach reach = new SourceReach(Duration.ofSeconds(10), now::get);
        reach.saw(new ThreadState(false, "Connecting", 1040, "Too many connections"));
        now.addAndGet(Duration.ofSeconds(2).toNanos());
        return reach;
    }
}
