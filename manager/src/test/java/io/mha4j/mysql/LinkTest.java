package io.mha4j.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a replica keeps in touch with its source, as far as our account may see it. */
@Timeout(60)
class LinkTest {
    private static final String HEARTBEAT =
            "SELECT HEARTBEAT_INTERVAL AS Value FROM performance_schema.replication_connection_configuration"
                    + " WHERE CHANNEL_NAME=''";
    private static final List<String> COLUMNS = List.of(
            "Channel_Name", "Source_SSL_Allowed", "Source_SSL_Verify_Server_Cert", "Connect_Retry", "SQL_Delay");

    @Test
    void the_heartbeat_is_read_where_it_may_be() throws IOException {
        try (ScriptedServer server = replica().answering(HEARTBEAT, List.of("Value"), List.of(List.of("1.500")))) {
            assertThat(link(server).heartbeat()).contains(Duration.ofMillis(1500));
        }
    }

    @Test
    void an_account_that_may_not_see_the_heartbeat_learns_the_rest() throws IOException {
        try (ScriptedServer server = replica().refusing(HEARTBEAT, 1142, "SELECT command denied to user 'mha'")) {
            assertThat(link(server))
                    .isEqualTo(new SourceTarget.Link(
                            Optional.of(new SourceTarget.Tls(true, false)),
                            Optional.of(Duration.ofSeconds(7)),
                            Optional.empty(),
                            Optional.of(Duration.ZERO)));
        }
    }

    private static ScriptedServer replica() throws IOException {
        return new ScriptedServer("8.0.32")
                .answering("SHOW REPLICA STATUS", COLUMNS, List.of(List.of("", "Yes", "No", "7", "0")));
    }

    private static SourceTarget.Link link(ScriptedServer server) {
        try (ServerSession session = ServerSession.open(server.settings("x"), ScriptedServer.deadline())) {
            return new ReplicationControl(session, "", time -> {})
                    .link(ScriptedServer.deadline())
                    .orElseThrow();
        }
    }
}
