package io.mha4j.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LostConnectionTest {
    private static final List<Row> PROCESSES = List.of(
            process(7, "mha", "10.0.0.9:40001"),
            process(8, "repl", "10.0.0.9:40002"),
            process(9, "mha", "10.0.0.8:40001"),
            process(12, "mha", "10.0.0.9:40007"));

    @Test
    void a_lost_connection_that_is_still_there_is_ours() {
        assertThat(ServerSession.isStillOurs(7, 12, PROCESSES)).isTrue();
    }

    @Test
    void a_restarted_server_gives_its_number_to_somebody_else_or_to_the_new_connection_itself() {
        assertThat(ServerSession.isStillOurs(8, 12, PROCESSES)).isFalse();
        assertThat(ServerSession.isStillOurs(9, 12, PROCESSES)).isFalse();
        assertThat(ServerSession.isStillOurs(12, 12, PROCESSES)).isFalse();
    }

    @Test
    void what_the_server_does_not_list_is_left_alone() {
        assertThat(ServerSession.isStillOurs(5, 12, PROCESSES)).isFalse();
        assertThat(ServerSession.isStillOurs(5, 6, PROCESSES)).isFalse();
    }

    /** Whole seconds on the server's side. */
    @Test
    void a_server_that_runs_for_a_shorter_time_than_the_connection_was_restarted() {
        long opened = Duration.ofMinutes(5).toNanos();
        ServerSession.Own lost =
                new ServerSession.Own(7, () -> opened + Duration.ofSeconds(30).toNanos(), opened);
        assertThat(lost.isOlderThan(Duration.ofSeconds(28))).isTrue();
        assertThat(lost.isOlderThan(Duration.ofSeconds(29))).isFalse();
        assertThat(lost.isOlderThan(Duration.ofDays(3))).isFalse();
    }

    private static Row process(long id, String user, String host) {
        return Row.of(Map.of("Id", Long.toString(id), "User", user, "Host", host));
    }
}
