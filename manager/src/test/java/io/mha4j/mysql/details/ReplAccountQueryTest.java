package io.mha4j.mysql.details;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.mysql.ScriptedServer;
import io.mha4j.mysql.ServerSession;
import io.mha4j.topology.details.ReplAccount.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReplAccountQueryTest {
    private static final String LOOK =
            "SELECT host AS place, plugin AS plugin, Repl_slave_priv AS may FROM mysql.user WHERE user = 'repl'";
    private static final List<String> GRANTS = List.of("Grants for repl@%");
    private static final List<String> USAGE = List.of("GRANT USAGE ON *.* TO `repl`@`%`");
    private static final List<String> BY_ROLE = List.of("GRANT REPLICATION SLAVE ON *.* TO `repl`@`%`");

    @Test
    void an_account_that_replicates_by_a_role_is_fit() throws IOException {
        try (ScriptedServer server = server().answering(
                        "SELECT CURRENT_ROLE() AS role", List.of("role"), List.of(List.of("`reads`@`%`")))
                .answering("SHOW GRANTS", GRANTS, List.of(USAGE))
                .answering("SHOW GRANTS FOR CURRENT_USER() USING `reads`@`%`", GRANTS, List.of(BY_ROLE))) {
            assertThat(outcome(server)).isEqualTo(Outcome.FIT);
        }
    }

    @Test
    void without_a_role_the_privilege_is_missing() throws IOException {
        try (ScriptedServer server = server().answering(
                        "SELECT CURRENT_ROLE() AS role", List.of("role"), List.of(List.of("NONE")))
                .answering("SHOW GRANTS", GRANTS, List.of(USAGE))) {
            assertThat(outcome(server)).isEqualTo(Outcome.NO_PRIVILEGE);
        }
    }

    @Test
    void only_a_refused_password_is_called_a_wrong_one() throws IOException {
        try (ScriptedServer server = fit().closedBehind(1, 1045, "Access denied for user 'repl'@'a'")) {
            assertThat(outcome(server)).isEqualTo(Outcome.WRONG_PASSWORD);
        }
        try (ScriptedServer server = fit().closedBehind(1, 3032, "The server is currently in offline mode")) {
            assertThat(outcome(server)).isEqualTo(Outcome.NOT_LET_IN);
        }
    }

    /** Replicas log in with the server's own library, which knows what our driver does not. */
    @Test
    void that_our_driver_cannot_log_in_does_not_keep_replicas_out() throws IOException {
        try (ScriptedServer server = fit()) {
            try (ServerSession session = ServerSession.open(server.settings("x"), ScriptedServer.deadline())) {
                server.asking("authentication_ldap_sasl_client");
                assertThat(outcome(session, server)).isEqualTo(Outcome.UNKNOWN);
                server.asking("mysql_clear_password");
                assertThat(outcome(session, server)).isEqualTo(Outcome.UNKNOWN);
            }
        }
    }

    private static ScriptedServer fit() throws IOException {
        return new ScriptedServer("8.0.32")
                .answering(
                        LOOK, List.of("place", "plugin", "may"), List.of(List.of("%", "mysql_native_password", "Y")));
    }

    private static ScriptedServer server() throws IOException {
        return new ScriptedServer("8.0.32")
                .answering(
                        LOOK, List.of("place", "plugin", "may"), List.of(List.of("%", "mysql_native_password", "N")));
    }

    private static Outcome outcome(ScriptedServer server) {
        try (ServerSession session = ServerSession.open(server.settings("x"), ScriptedServer.deadline())) {
            return outcome(session, server);
        }
    }

    private static Outcome outcome(ServerSession session, ScriptedServer server) {
        return new ReplAccountQuery(session, server.settings("x"))
                .ask(Optional.empty(), ScriptedServer.deadline())
                .outcome();
    }
}
