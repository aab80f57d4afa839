package io.mha4j.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.archive.Archive;
import io.mha4j.archive.SampleArchive;
import io.mha4j.base.Deadline;
import io.mha4j.base.MhaException;
import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.execution.level.ArchiveEnd;
import io.mha4j.execution.level.SampleMarks;
import io.mha4j.execution.level.SqlMarks.Reading;
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
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands beside an archive of a replica that is given its events over SQL. */
final class SqlLevellingTest {
    private static final BinlogPosition SHOWN = SampleArchive.START;
    private static final Optional<SqlLevelling.Start> START =
            Optional.of(new SqlLevelling.Start(SHOWN, Optional.of(SHOWN), SHOWN));
    private static final String DENIED = "Access denied";
    /** Statements of the first transactions. */
    private static final String FIRST = "CREATE DATABASE test";

    private static final String LATER = "BEGIN";

    @TempDir
    private Path folder;

    /** Its session may be lost right then, while the server's settings are put back. */
    @Test
    void a_replica_that_has_everything_is_known_to_have_it_before_its_settings_are_back() throws IOException {
        Archive archive = archive();
        try (ScriptedServer server = server().breakingOffAt("ROLLBACK")) {
            Deadline deadline = ScriptedServer.deadline();
            try (ServerSession session = ServerSession.open(server.settings("x"), deadline)) {
                levelling().level(session, START, archive, deadline);
                assertFurther(reading(session.server()), ArchiveEnd.of(archive));
            }
        }
    }

    /** An account that may not replay events, for example: once it may, the replica can be levelled. */
    @Test
    void a_replica_that_refused_before_the_first_event_can_still_be_given_them() throws IOException {
        try (ScriptedServer server = server().refusing("SHOW SESSION VARIABLES", 1227, DENIED)) {
            assertThat(reading(refused(server))).isEqualTo(new Reading.Shown());
        }
    }

    @Test
    void so_can_one_that_refused_the_first_event_and_whose_own_log_shows_that_nothing_was_kept() throws IOException {
        try (ScriptedServer server = server().refusing(FIRST, 1227, DENIED)) {
            assertThat(reading(refused(server))).isEqualTo(new Reading.Shown());
        }
    }

    /** The next failover goes on behind what was committed. */
    @Test
    void one_that_refused_a_later_event_has_what_was_committed_before() throws IOException {
        try (ScriptedServer server = server().refusing(LATER, 1142, DENIED)) {
            assertFurther(reading(refused(server)), new BinlogPosition(SHOWN.file(), 578));
            assertThat(server.statements()).contains(FIRST);
        }
    }

    @Test
    void what_it_has_is_not_given_again() throws IOException {
        Archive archive = archive();
        Deadline deadline = ScriptedServer.deadline();
        try (ScriptedServer server = server();
                ServerSession session = ServerSession.open(server.settings("x"), deadline)) {
            BinlogPosition place = new BinlogPosition(SHOWN.file(), 578);
            levelling()
                    .level(
                            session,
                            Optional.of(new SqlLevelling.Start(SHOWN, Optional.of(SHOWN), place)),
                            archive,
                            deadline);
            assertThat(server.statements()).contains(LATER).doesNotContain(FIRST);
            assertFurther(reading(session.server()), ArchiveEnd.of(archive));
        }
    }

    /** Of a table that cannot roll back a part is kept, and logged. */
    @Test
    void of_one_whose_own_log_went_on_behind_the_last_commit_nobody_knows_how_many_it_has() throws IOException {
        try (ScriptedServer server = server().refusing(LATER, 1227, DENIED)) {
            server.doing(LATER, () -> ownEnd(server, 300));
            assertThat(reading(refused(server))).isInstanceOf(Reading.Unknown.class);
        }
    }

    @Test
    void nor_of_one_that_has_no_log_of_its_own() throws IOException {
        try (ScriptedServer server = plain().refusing(LATER, 1227, DENIED)) {
            assertThat(reading(refused(server))).isInstanceOf(Reading.Unknown.class);
        }
    }

    @Test
    void nor_of_one_whose_session_was_lost() throws IOException {
        try (ScriptedServer server = server().breakingOffAt("COMMIT")) {
            assertThat(reading(refused(server))).isInstanceOf(Reading.Unknown.class);
        }
    }

    /** Another session would not have it: what needs it would fail there, or reach another table of its name. */
    @Test
    void one_that_refused_an_event_beside_a_temporary_table_is_not_gone_on_with() throws IOException {
        BinlogPosition place = new BinlogPosition(SHOWN.file(), 4612);
        try (ScriptedServer server = server().refusing("INSERT INTO test.tmp VALUES (1), (2)", 1142, DENIED)) {
            assertThat(reading(refused(server, SampleArchive.ofStatements(folder), place)))
                    .isInstanceOfSatisfying(Reading.Unknown.class, unknown -> assertThat(unknown.why())
                            .contains("temporary tables", "build it anew"));
            assertThat(server.statements()).contains("CREATE TEMPORARY TABLE test.tmp (x INT) ENGINE=MyISAM");
        }
    }

    private static ScriptedServer server() throws IOException {
        return ownEnd(plain(), 155);
    }

    private static ScriptedServer plain() throws IOException {
        return new ScriptedServer("8.0.15")
                .answering("SELECT @@global.max_allowed_packet", List.of("size"), List.of(List.of("1073741824")));
    }

    private static ScriptedServer ownEnd(ScriptedServer server, int offset) {
        return server.answering(
                "SHOW MASTER STATUS",
                List.of("File", "Position", "Binlog_Do_DB", "Binlog_Ignore_DB"),
                List.of(List.of("own.000001", Integer.toString(offset), "", "")));
    }

    private ServerId refused(ScriptedServer server) {
        return refused(server, archive(), SHOWN);
    }

    private ServerId refused(ScriptedServer server, Archive archive, BinlogPosition from) {
        Optional<SqlLevelling.Start> start = Optional.of(new SqlLevelling.Start(SHOWN, Optional.of(SHOWN), from));
        Deadline deadline = ScriptedServer.deadline();
        try (ServerSession session = ServerSession.open(server.settings("x"), deadline)) {
            assertThatThrownBy(() -> levelling().level(session, start, archive, deadline))
                    .isInstanceOf(MhaException.class);
            return session.server();
        }
    }

    private SqlLevelling levelling() {
        return new SqlLevelling(SampleMarks.in(folder), log(), System::nanoTime);
    }

    private Reading reading(ServerId replica) {
        return SampleMarks.in(folder).of(replica, SampleStatus.at(SHOWN));
    }

    private static EventLog log() {
        return EventLog.toStream(System.out, Level.ERROR, InstantSource.system(), ZoneOffset.UTC);
    }

    private Archive archive() {
        return SampleArchive.saved(folder);
    }

    private static void assertFurther(Reading reading, BinlogPosition place) {
        assertThat(reading).isInstanceOfSatisfying(Reading.Further.class, further -> assertThat(further.place())
                .isEqualTo(place));
    }
}
