package io.mha4j.execution.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.GtidSet;
import io.mha4j.binlog.Gtids;
import io.mha4j.decision.online.OnlineStep;
import io.mha4j.decision.online.OnlineStep.Moment;
import io.mha4j.mysql.MysqlException;
import io.mha4j.mysql.ScriptedServer;
import io.mha4j.mysql.ServerSession;
import io.mha4j.mysql.SourceControl.Coordinates;
import io.mha4j.report.EventLog;
import io.mha4j.report.Level;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An old source counts as still only where that was read, and what it shows behind its restart is not taken for a write. */
@Timeout(60)
final class StandstillTest {
    private static final String GTIDS =
            "SELECT @@global.gtid_mode AS mode, @@global.gtid_executed AS executed, @@global.gtid_purged AS purged";
    private static final String SET = "3e11fa47-71ca-11e1-9e33-c80aa9429562:1-9";
    private static final BinlogPosition END = new BinlogPosition("bin.000007", 900);

    private final EventLog log = EventLog.toStream(
            new PrintStream(OutputStream.nullOutputStream()), Level.DEBUG, InstantSource.system(), ZoneOffset.UTC);
    private ScriptedServer server;
    private ServerSession session;
    private int opened;

    @BeforeEach
    void open() throws IOException {
        server = new ScriptedServer("8.0.16");
        session = ServerSession.open(server.settings("pw"), ScriptedServer.deadline());
    }

    @AfterEach
    void close() throws IOException {
        session.close();
        server.close();
    }

    private void stands(String file, String position) {
        server.answering("SHOW MASTER STATUS", List.of("File", "Position"), List.of(List.of(file, position)));
    }

    private static Coordinates point(Optional<Gtids> executed) {
        return new Coordinates(END, executed);
    }

    private String confirm(Moment when, Coordinates point, OptionalLong lockHolder) {
        ServerId old = session.server();
        return new Standstill(
                        (server, deadline) -> {
                            opened++;
                            return session;
                        },
                        new OnlineSteps.Time(System::nanoTime, pause -> {}),
                        log)
                .confirm(new OnlineStep.ConfirmStill(old, when), point, lockHolder);
    }

    @Test
    void by_gtid_another_file_of_one_that_was_left_is_no_write() {
        executed(server, SET);
        stands("bin.000008", "157");
        Coordinates point = point(Optional.of(GtidSet.parse(SET)));
        assertThat(confirm(Moment.LEFT, point, OptionalLong.of(-1))).isEmpty();
        assertThatThrownBy(
                        () -> confirm(Moment.LEFT, point(Optional.of(GtidSet.parse(SET + "9"))), OptionalLong.empty()))
                .hasMessageContaining("was written to");
        assertThatThrownBy(() -> confirm(Moment.LOCKED, point, OptionalLong.empty()))
                .hasMessageContaining("was written to");
    }

    @Test
    void by_position_another_file_is_not_known_to_hold_nothing() {
        stands("bin.000008", "157");
        assertThatThrownBy(() -> confirm(Moment.LEFT, point(Optional.empty()), OptionalLong.empty()))
                .hasMessageContaining("went on from bin.000007:900 in bin.000008")
                .hasMessageNotContaining("was written to");
        stands("bin.000007", "900");
        assertThat(confirm(Moment.LEFT, point(Optional.empty()), OptionalLong.empty()))
                .isEmpty();
    }

    @Test
    void one_that_answers_behind_the_script_without_its_lock_may_have_been_written_to() {
        stands("bin.000007", "900");
        assertThat(confirm(Moment.BEHIND_SCRIPT, point(Optional.empty()), OptionalLong.of(session.connectionId())))
                .isEmpty();
        assertThatThrownBy(() -> confirm(
                        Moment.BEHIND_SCRIPT, point(Optional.empty()), OptionalLong.of(session.connectionId() + 1)))
                .isInstanceOf(NotStillException.class)
                .hasMessageContaining("global read lock was lost");
    }

    @Test
    void one_that_is_gone_behind_the_script_was_asked_twice_and_passes() {
        session.close();
        assertThat(confirm(Moment.BEHIND_SCRIPT, point(Optional.empty()), OptionalLong.empty()))
                .isEqualTo("as far as is known");
        assertThat(opened).isEqualTo(2);
        assertThatThrownBy(() -> confirm(Moment.LOCKED, point(Optional.empty()), OptionalLong.empty()))
                .isInstanceOf(MysqlException.class);
    }

    @Test
    void one_that_is_gone_when_clients_are_elsewhere_passes_with_a_warning() {
        session.close();
        assertThat(confirm(Moment.LEFT, point(Optional.empty()), OptionalLong.empty()))
                .isEqualTo("as far as is known");
    }

    @Test
    void what_an_old_source_got_from_the_new_one_is_nothing_of_its_own() throws IOException {
        stands("bin.000007", "1900");
        executed(server, SET.replace(":1-9", ":1-12"));
        try (ScriptedServer next = new ScriptedServer("8.0.16")) {
            next.answering("SHOW MASTER STATUS", List.of("File", "Position"), List.of(List.of("bin.000003", "4")));
            try (ServerSession newSource = ServerSession.open(next.settings("pw"), ScriptedServer.deadline())) {
                Standstill still = new Standstill(
                        (id, deadline) -> id.equals(newSource.server()) ? newSource : session,
                        new OnlineSteps.Time(System::nanoTime, pause -> {}),
                        log);
                Coordinates point = point(Optional.of(GtidSet.parse(SET)));
                executed(next, SET.replace(":1-9", ":1-20"));
                still.requireNothingOwn(session.server(), point, newSource.server());
                executed(next, SET.replace(":1-9", ":1-11"));
                assertThatThrownBy(() -> still.requireNothingOwn(session.server(), point, newSource.server()))
                        .isInstanceOf(NotStillException.class)
                        .hasMessageContaining("was written to");
            }
        }
    }

    private static void executed(ScriptedServer server, String set) {
        server.answering(GTIDS, List.of("mode", "executed", "purged"), List.of(List.of("ON", set, "")));
    }
}
