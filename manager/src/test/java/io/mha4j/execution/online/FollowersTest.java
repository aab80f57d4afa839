package io.mha4j.execution.online;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.decision.online.OnlineFacts;
import io.mha4j.decision.online.OnlineWishes;
import io.mha4j.execution.Sessions;
import io.mha4j.mysql.ScriptedServer;
import io.mha4j.mysql.SourceControl.Coordinates;
import io.mha4j.scenario.Scenario;
import io.mha4j.topology.Prior;
import io.mha4j.topology.TreeRules;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The old source of a pair, by file and position: it followed the new one before, too. */
@Timeout(60)
final class FollowersTest {
    private static final Coordinates OPENING = new Coordinates(new BinlogPosition("bin.000007", 500), Optional.empty());

    private final ScriptedServer server = new ScriptedServer("8.0.32");
    private final Scenario scenario = Scenario.of(
            "servers",
            "  a  source   of=b ip=127.0.0.1 port=" + server.settings("").id().port(),
            "  b  replica  read_only=1");
    private final ServerId old = scenario.id("a");
    private final ServerId next = scenario.id("b");
    private final Sessions sessions = new Sessions(scenario.application(), (id, statement) -> {});
    private final Followers followers = new Followers(
            TreeRules.read(scenario.application(), scenario.snapshot(), Prior.NOTHING)
                    .match(t -> new OnlineFacts(scenario.application(), t, OnlineWishes.DEFAULT), reasons -> {
                        throw new AssertionError(reasons);
                    }),
            sessions,
            new OnlineSteps.Time(System::nanoTime, pause -> {}));

    FollowersTest() throws IOException {}

    @BeforeEach
    void letIn() {
        server.answering(
                "SELECT GET_LOCK('" + Sessions.FAILOVER_LOCK + "', 1) AS got", List.of("got"), List.of(List.of("1")));
    }

    @AfterEach
    void close() throws IOException {
        sessions.close();
        server.close();
    }

    private void executed(String file, long position) {
        server.answering(
                "SHOW REPLICA STATUS",
                List.of(
                        "Channel_Name",
                        "Source_Host",
                        "Source_Port",
                        "Source_User",
                        "Replica_IO_Running",
                        "Replica_SQL_Running",
                        "Source_Log_File",
                        "Read_Source_Log_Pos",
                        "Relay_Source_Log_File",
                        "Exec_Source_Log_Pos",
                        "Auto_Position",
                        "SQL_Delay"),
                List.of(List.of(
                        "",
                        "b",
                        "3306",
                        "repl",
                        "Yes",
                        "Yes",
                        file,
                        Long.toString(position),
                        file,
                        Long.toString(position),
                        "0",
                        "0")));
    }

    private boolean hasMoved() {
        return followers.hasMoved(old, next, OPENING);
    }

    @Test
    void one_that_an_earlier_run_moved_is_not_sent_back_over_what_it_has_executed_since() {
        executed("bin.000007", 900);
        assertThat(hasMoved()).isFalse();
        followers.takeUp();
        assertThat(hasMoved()).isTrue();
        executed("bin.000008", 4);
        assertThat(hasMoved()).isTrue();
    }

    @Test
    void one_that_was_not_moved_yet_is() {
        followers.takeUp();
        executed("bin.000007", 499);
        assertThat(hasMoved()).isFalse();
    }
}
