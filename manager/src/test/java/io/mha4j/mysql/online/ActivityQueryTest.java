package io.mha4j.mysql.online;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.mysql.ScriptedServer;
import io.mha4j.mysql.ServerSession;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ActivityQueryTest {
    @Test
    void an_account_that_may_not_see_prepared_transactions_sees_none() throws IOException {
        try (ScriptedServer server = new ScriptedServer("8.0.32")
                        .refusing("XA RECOVER", 1401, "XAER_RMERR: Fatal error occurred in the transaction branch");
                ServerSession session = ServerSession.open(server.settings("x"), ScriptedServer.deadline())) {
            ActivityQuery activity = new ActivityQuery(session, pause -> {});

            assertThat(activity.seesPrepared(ScriptedServer.deadline())).isFalse();
            assertThat(activity.preparedNow(ScriptedServer.deadline())).isEmpty();
        }
    }
}
