package io.mha4j.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mha4j.mysql.MysqlException.Kind;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LoginTest {
    @Test
    void a_server_that_wants_the_password_in_plain_text_refuses_but_lives() throws IOException {
        try (ScriptedServer server = new ScriptedServer("8.0.32").asking("mysql_clear_password")) {
            MysqlException refused = catchThrowableOfType(
                    MysqlException.class, () -> ServerSession.open(server.settings("x"), ScriptedServer.deadline()));

            assertThat(refused.kind()).isEqualTo(Kind.REFUSING);
            assertThat(refused.why())
                    .startsWith("no TLS: Cannot use authentication plugin mysql_clear_password if SSL is not enabled");
        }
    }

    @Test
    void no_limit_that_a_server_sets_for_its_clients_cuts_our_waits_off() throws IOException {
        try (ScriptedServer server = new ScriptedServer("8.0.32")) {
            ServerSession.open(server.settings("x"), ScriptedServer.deadline()).close();

            assertThat(server.statements()).anySatisfy(set -> assertThat(set)
                    .startsWith("set ")
                    .contains("/*!50708 ,max_execution_time=0 */", "/*M!100101 ,max_statement_time=0 */"));
        }
    }
}
