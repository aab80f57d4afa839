package io.mha4j.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.archive.Archive;
import io.mha4j.archive.SampleArchive;
import io.mha4j.base.Deadline;
import io.mha4j.base.MhaException;
import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.mysql.ScriptedServer;
import io.mha4j.mysql.ServerSession;
import io.mha4j.report.EventLog;
import io.mha4j.report.Level;
import io.mha4j.topology.SampleStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands beside an archive of a replica that is given its events over SQL. */
final class SqlLevellingTest {
    private static final ServerId REPLICA = new ServerId(2, "server2", "db2", "10.0.0.2", 3306);
    private static final BinlogPosition SHOWN = SampleArchive.START;

    @TempDir
    private Path folder;

    /** Its session may be lost right then, while the server's settings are put back. */
    @Test
    void a_replica_that_has_everything_is_known_to_have_it_before_its_settings_are_back() {
        Archive archive = archive();
        archive.note("server2.applying", "");
        assertThatThrownBy(() -> SqlLevelling.requireKnown(archive, REPLICA)).hasMessageContaining("build it anew");
        SqlLevelling.noteGiven(REPLICA, SampleStatus.at(SHOWN), archive, false);
        SqlLevelling.requireKnown(archive, REPLICA);
        assertThat(SqlLevelling.gave(archive, REPLICA, SampleStatus.at(SHOWN), ArchiveEnd.of(archive)))
                .isTrue();
    }

    /** An account that may not replay events, for example: once it may, the replica can be levelled. */
    @Test
    void a_replica_that_refused_before_the_first_event_can_still_be_given_them() throws IOException {
        Archive archive = archive();
        try (ScriptedServer server = server("SHOW SESSION VARIABLES")) {
            SqlLevelling.requireKnown(archive, refused(server, archive));
        }
    }

    @Test
    void of_one_that_refused_an_event_nobody_knows_how_many_it_has() throws IOException {
        Archive archive = archive();
        try (ScriptedServer server = server("BEGIN")) {
            ServerId replica = refused(server, archive);
            assertThatThrownBy(() -> SqlLevelling.requireKnown(archive, replica))
                    .hasMessageContaining("build it anew");
        }
    }

    private static ScriptedServer server(String refused) throws IOException {
        return new ScriptedServer("8.0.15")
                .answering("SELECT @@global.max_allowed_packet", List.of("size"), List.of(List.of("1073741824")))
                .refusing(refused, 1227, "Access denied");
    }

    private static ServerId refused(ScriptedServer server, Archive archive) {
        Deadline deadline = ScriptedServer.deadline();
        try (ServerSession session = ServerSession.open(server.settings("x"), deadline)) {
            SqlLevelling levelling = new SqlLevelling(log(), System::nanoTime);
            assertThatThrownBy(() -> levelling.level(session, SampleStatus.at(SHOWN), archive, false, deadline))
                    .isInstanceOf(MhaException.class)
                    .hasMessageContaining("Access denied");
            return session.server();
        }
    }

    private static EventLog log() {
        return EventLog.toStream(System.out, Level.ERROR, InstantSource.system(), ZoneOffset.UTC);
    }

    private Archive archive() {
        return SampleArchive.saved(folder);
    }
}
