package io.mha4j.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.config.ServerSettings;
import io.mha4j.mysql.relay.ApplyRehearsal;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a trial leaves on a server whose {@code super_read_only} was on. */
class ApplyRehearsalTest {
    private static final String CREATE =
            "CREATE TABLE IF NOT EXISTS mysql.apply_diff_relay_logs_test(id int PRIMARY KEY)";
    private static final String CLOSED = "SET GLOBAL super_read_only=ON";

    private static ScriptedServer server() throws IOException {
        return new ScriptedServer("8.0.15")
                .answering(
                        "SHOW GLOBAL VARIABLES LIKE 'super_read_only'",
                        List.of("Variable_name", "Value"),
                        List.of(List.of("super_read_only", "ON")));
    }

    private static void write(ScriptedServer server) {
        ServerSettings settings = server.settings("");
        try (ServerSession session = ServerSession.open(settings, ScriptedServer.deadline())) {
            new ApplyRehearsal(session, within -> ServerSession.open(settings, within))
                    .write(ScriptedServer.deadline());
        }
    }

    @Test
    void it_is_on_again_behind_a_trial() throws IOException {
        try (ScriptedServer server = server()) {
            write(server);
            assertThat(server.statements()).contains(CREATE).last().isEqualTo(CLOSED);
        }
    }

    @Test
    void it_is_on_again_where_the_trial_was_refused() throws IOException {
        try (ScriptedServer server = server().refusing(CREATE, 1205, "Lock wait timeout exceeded")) {
            assertThatThrownBy(() -> write(server)).hasMessageContaining("Lock wait timeout");
            assertThat(server.statements())
                    .contains("SET SESSION lock_wait_timeout=5")
                    .last()
                    .isEqualTo(CLOSED);
        }
    }

    @Test
    void it_is_on_again_where_the_connection_broke() throws IOException {
        try (ScriptedServer server = server().breakingOffAt(CREATE)) {
            assertThatThrownBy(() -> write(server)).hasMessageContaining("CREATE TABLE");
            assertThat(server.statements()).last().isEqualTo(CLOSED);
        }
    }
}
