package io.mha4j.execution.rejoin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.mysql.MysqlException;
import io.mha4j.mysql.ScriptedServer;
import io.mha4j.mysql.ServerSession;
import io.mha4j.report.EventLog;
import io.mha4j.report.Level;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OwnEventsTest {
    private static final String OFF = "SET GLOBAL event_scheduler=OFF";
    private static final String LEAST = "GRANT RELOAD, PROCESS, REPLICATION CLIENT, SUPER ON *.* TO 'mha'@'%'";

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    @Test
    void a_server_whose_events_nobody_may_see_is_taken_to_have_some() throws IOException {
        try (ScriptedServer server = server(LEAST, "0").refusing(OFF, 1227, "you need SUPER")) {
            assertThatThrownBy(() -> stop(server))
                    .isInstanceOf(MysqlException.class)
                    .hasMessageContaining("you need SUPER");
        }
        assertThat(told.toString(StandardCharsets.UTF_8)).contains("the account lacks EVENT there");
    }

    @Test
    void enabled_events_are_stopped() throws IOException {
        try (ScriptedServer server =
                server("GRANT EVENT ON *.* TO 'mha'@'%'", "1").refusing(OFF, 1227, "no")) {
            assertThatThrownBy(() -> stop(server)).isInstanceOf(MysqlException.class);
        }
        assertThat(told.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void the_scheduler_of_a_server_that_has_none_is_left_alone() throws IOException {
        try (ScriptedServer server = server("GRANT EVENT ON *.* TO 'mha'@'%'", "0")) {
            stop(server);
            assertThat(server.statements()).doesNotContain(OFF);
        }
    }

    private static ScriptedServer server(String grant, String enabled) throws IOException {
        return new ScriptedServer("5.7.22")
                .answering("SELECT @@global.event_scheduler", List.of("on"), List.of(List.of("ON")))
                .answering("SHOW GRANTS", List.of("Grants for mha@%"), List.of(List.of(grant)))
                .answering(
                        "SELECT COUNT(*) FROM information_schema.EVENTS WHERE STATUS = 'ENABLED'",
                        List.of("n"),
                        List.of(List.of(enabled)));
    }

    private void stop(ScriptedServer server) {
        EventLog log = EventLog.toStream(
                new PrintStream(told, true, StandardCharsets.UTF_8),
                Level.INFO,
                InstantSource.system(),
                ZoneOffset.UTC);
        try (ServerSession session = ServerSession.open(server.settings("x"), ScriptedServer.deadline())) {
            new OwnEvents(session, log).stop(ScriptedServer.deadline());
        }
    }
}
