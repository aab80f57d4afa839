package io.mha4j.execution.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.mysql.MysqlException;
import io.mha4j.mysql.ScriptedServer;
import io.mha4j.mysql.ServerSession;
import io.mha4j.report.EventLog;
import io.mha4j.report.Level;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A table that is in use for long ends the switch, and the operator learns by whom. */
@Timeout(60)
final class TableLocksTest {
    private static final String FLUSH = "FLUSH NO_WRITE_TO_BINLOG TABLES";
    private static final String LOCK = "FLUSH TABLES WITH READ LOCK";
    private static final String TIMED_OUT = "Lock wait timeout exceeded; try restarting transaction";

    private final EventLog log = EventLog.toStream(
            new PrintStream(OutputStream.nullOutputStream()), Level.DEBUG, InstantSource.system(), ZoneOffset.UTC);
    private ScriptedServer server;
    private ServerSession session;

    @BeforeEach
    void open() throws IOException {
        server = new ScriptedServer("8.0.16")
                .answering(
                        "SHOW FULL PROCESSLIST",
                        List.of("Id", "User", "Host", "db", "Command", "Time", "State", "Info"),
                        List.of(
                                List.of("41", "app", "10.0.0.9:1", "d", "Query", "1", "", "select 1 from t"),
                                List.of("42", "app", "10.0.0.9:2", "d", "Query", "30", "", "select * from t"),
                                List.of("43", "app", "10.0.0.9:3", "d", "Sleep", "90", "", ""),
                                List.of("44", "app", "10.0.0.9:4", "d", "Query", "31", "", "select * from u")));
        session = ServerSession.open(server.settings("pw"), ScriptedServer.deadline());
    }

    @AfterEach
    void close() throws IOException {
        session.close();
        server.close();
    }

    private TableLocks locks() {
        return new TableLocks(session, new OnlineSteps.Time(System::nanoTime, pause -> {}));
    }

    @Test
    void tables_that_cannot_be_closed_in_time_end_the_switch_by_the_name_of_who_reads() {
        server.refusing(FLUSH, 1205, TIMED_OUT);
        assertThatThrownBy(() -> locks().flush(log))
                .isInstanceOf(MysqlException.class)
                .hasMessageContaining(TIMED_OUT)
                .hasMessageContaining("what runs that long: connection 44 of 'app'@'10.0.0.9:4', Query for 31 s:"
                        + " select * from u; connection 42 of 'app'@'10.0.0.9:2', Query for 30 s: select * from t")
                .hasMessageNotContainingAny("connection 41", "connection 43");
    }

    @Test
    void so_does_the_read_lock() {
        server.refusing(LOCK, 1205, TIMED_OUT);
        assertThatThrownBy(() -> locks().lock()).hasMessageContaining("connection 42 of 'app'");
    }

    @Test
    void one_that_may_not_be_told_to_close_them_is_locked_without() {
        server.refusing(FLUSH, 1227, "Access denied; you need (at least one of) the RELOAD privilege(s)");
        assertThat(locks().flush(log)).isEqualTo("not done");
    }
}
