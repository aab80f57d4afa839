package io.mha4j.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.binlog.GtidSet;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When waiting for transactions makes no sense, and when a receiver that stands still is to be started for it. */
@Timeout(60)
class GtidWatchTest {
    private static final String STATUS = "SHOW REPLICA STATUS";
    private static final String START = "START REPLICA IO_THREAD FOR CHANNEL ''";
    private static final String GTIDS = "SELECT @@global.gtid_mode AS mode,"
            + " @@global.gtid_executed AS executed, @@global.gtid_purged AS purged";
    private static final String SOURCE = "11111111-0000-0000-0000-000000000000";
    private static final List<String> COLUMNS = List.of(
            "Channel_Name",
            "Source_Host",
            "Source_Port",
            "Source_User",
            "Replica_IO_Running",
            "Replica_SQL_Running",
            "Last_IO_Errno",
            "Last_IO_Error",
            "Source_Log_File",
            "Read_Source_Log_Pos",
            "Relay_Source_Log_File",
            "Exec_Source_Log_Pos");

    @Test
    void a_receiver_that_a_wait_before_left_stopped_is_started_though_its_old_error_stands_there() throws IOException {
        try (ScriptedServer server = lacking("No", "Yes", "2003")) {
            server.doing(START, () -> threads(executed(server, 10), "Yes", "Yes", "0"));
            awaitAnew(server);
            assertThat(server.statements()).contains(START);
        }
    }

    @Test
    void nothing_is_started_where_nothing_is_lacking() throws IOException {
        try (ScriptedServer server = executed(lacking("No", "Yes", "0"), 10)) {
            awaitAnew(server);
            assertThat(server.statements()).doesNotContain(START);
        }
    }

    @Test
    void whoever_stopped_both_threads_meant_it() throws IOException {
        try (ScriptedServer server = lacking("No", "No", "0")) {
            assertThatThrownBy(() -> awaitAnew(server))
                    .isInstanceOf(MysqlException.class)
                    .hasMessageContaining("its SQL thread is stopped");
            assertThat(server.statements()).doesNotContain(START);
        }
    }

    @Test
    void a_wait_whose_last_transaction_ends_during_a_look_has_not_failed() throws IOException {
        try (ScriptedServer server = lacking("No", "Yes", "0")) {
            server.doing(STATUS, () -> executed(server, 10));
            try (ServerSession session = ServerSession.open(server.settings("x"), ScriptedServer.deadline())) {
                control(session).awaitGtids(GtidSet.parse(SOURCE + ":1-10"), ScriptedServer.deadline());
            }
        }
    }

    private static void awaitAnew(ScriptedServer server) {
        try (ServerSession session = ServerSession.open(server.settings("x"), ScriptedServer.deadline())) {
            control(session)
                    .awaitGtids(GtidSet.parse(SOURCE + ":1-10"), Duration.ofSeconds(30), ScriptedServer.deadline());
        }
    }

    private static ReplicationControl control(ServerSession session) {
        return new ReplicationControl(session, "", time -> {});
    }

    /** It has executed all that it received. */
    private static ScriptedServer lacking(String receiver, String applier, String error) throws IOException {
        return threads(executed(new ScriptedServer("8.0.32"), 9), receiver, applier, error);
    }

    private static ScriptedServer executed(ScriptedServer server, int upTo) {
        return server.answering(
                GTIDS, List.of("mode", "executed", "purged"), List.of(List.of("ON", SOURCE + ":1-" + upTo, "")));
    }

    private static ScriptedServer threads(ScriptedServer server, String receiver, String applier, String error) {
        List<String> row = List.of(
                "",
                "db2",
                "3306",
                "repl",
                receiver,
                applier,
                error,
                "told before",
                "b.000001",
                "900",
                "b.000001",
                "900");
        return server.answering(STATUS, COLUMNS, List.of(row));
    }
}
