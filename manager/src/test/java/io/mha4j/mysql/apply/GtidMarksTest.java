package io.mha4j.mysql.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.binlog.Event;
import io.mha4j.binlog.EventType;
import io.mha4j.binlog.FormatDescription;
import io.mha4j.binlog.GtidSet;
import io.mha4j.binlog.MariadbGtids;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class GtidMarksTest {
    private static final String UUID = "3e11fa47-71ca-11e1-9e33-c80aa9429562";
    private static final String UUID_HEX = UUID.replace("-", "");
    private static final FormatDescription MYSQL = TestEvents.format("8.0.15", true);
    private static final FormatDescription MARIADB = TestEvents.format("10.11.6-MariaDB", true);

    private final SessionVariables variables = new SessionVariables(Set.of(
            "gtid_next",
            "original_commit_timestamp",
            "original_server_version",
            "immediate_server_version",
            "server_id",
            "gtid_domain_id"));

    private List<String> set(Event mark) {
        new GtidMarks(variables, Optional.empty()).take(mark, false);
        return variables.take();
    }

    private static Event mysql(String behindNumber) {
        return TestEvents.event(EventType.GTID, "00" + UUID_HEX + "0700000000000000" + behindNumber, MYSQL);
    }

    private static Event mariadb(int flags, String more) {
        return TestEvents.event(
                EventType.MARIADB_GTID, "0900000000000000 01000000 %02x".formatted(flags) + more, MARIADB);
    }

    @Test
    void a_transaction_keeps_its_identifier_and_says_that_its_origin_is_unknown() {
        assertThat(set(mysql("")))
                .containsExactly("SET @@session.gtid_next='" + UUID + ":7',@@session.original_commit_timestamp=0,"
                        + "@@session.original_server_version=0,@@session.immediate_server_version=0");
    }

    @Test
    void time_and_version_of_the_first_commit_are_kept() {
        String clocks = "02 0100000000000000 0200000000000000";
        assertThat(set(mysql(clocks + "15cd5b0700 0000 fc2c01 8f380100")))
                .containsExactly(
                        "SET @@session.gtid_next='" + UUID + ":7',@@session.original_commit_timestamp=123456789,"
                                + "@@session.original_server_version=80015,@@session.immediate_server_version=80015");
        assertThat(set(mysql(clocks + "15cd5b0700 0080 0100000000 0000 c8 8f380180 c7c30000")))
                .containsExactly("SET @@session.gtid_next='" + UUID + ":7',@@session.original_commit_timestamp=1,"
                        + "@@session.original_server_version=50119");
    }

    @Test
    void an_anonymous_transaction_says_so() {
        Event mark = TestEvents.event(EventType.ANONYMOUS_GTID, "00" + UUID_HEX + "0700000000000000", MYSQL);
        assertThat(set(mark).get(0)).startsWith("SET @@session.gtid_next='ANONYMOUS'");
    }

    @Test
    void a_transaction_that_the_server_has_is_known() {
        GtidMarks marks = new GtidMarks(variables, Optional.of(GtidSet.parse(UUID + ":1-6:8")));
        assertThat(marks.isExecuted(mysql(""))).isFalse();
        assertThat(new GtidMarks(variables, Optional.of(GtidSet.parse(UUID + ":7"))).isExecuted(mysql("")))
                .isTrue();
        assertThat(new GtidMarks(variables, Optional.empty()).isExecuted(mysql("")))
                .isFalse();
    }

    @Test
    void mariadb_compares_within_the_domain() {
        Event mark = mariadb(0, "000000000000");
        assertThat(marks("1-0-9").isExecuted(mark)).isTrue();
        assertThat(marks("1-5-10").isExecuted(mark)).isTrue();
        assertThat(marks("1-5-9").isExecuted(mark)).isFalse();
        assertThat(marks("1-0-8").isExecuted(mark)).isFalse();
        assertThat(marks("0-5-99").isExecuted(mark)).isFalse();
    }

    @Test
    void an_incident_of_mariadb_is_no_part_of_the_transaction_before_it() {
        Event had = mariadb(0, "000000000000");
        Event statement = TestEvents.event(EventType.QUERY, "00", MARIADB);
        Event incident = TestEvents.event(EventType.INCIDENT, "0100 00", MARIADB);
        GtidMarks marks = marks("1-0-9");
        assertThat(marks.passesOver(had, false)).isTrue();
        assertThat(marks.passesOver(statement, true)).isTrue();
        assertThat(marks.passesOver(incident, true)).isFalse();
        GtidMarks ofMysql = new GtidMarks(variables, Optional.of(GtidSet.parse(UUID + ":7")));
        assertThat(ofMysql.passesOver(incident, true)).as("it has a GTID there").isTrue();
    }

    private GtidMarks marks(String executed) {
        return new GtidMarks(variables, Optional.of(MariadbGtids.parse(executed)));
    }

    @Test
    void a_mark_of_mariadb_opens_its_transaction_unless_it_is_one_statement() {
        GtidMarks marks = new GtidMarks(variables, Optional.empty());
        assertThat(marks.take(mariadb(0x0c, "000000000000"), false)).contains("START TRANSACTION");
        assertThat(variables.take())
                .containsExactly("SET @@session.server_id=0,@@session.gtid_domain_id=1", "SET @@session.gtid_seq_no=9");
        assertThat(marks.take(mariadb(0x29, "000000000000"), false)).isEmpty();
        assertThat(marks.take(mariadb(0x40, "07000000 01 02 61 2762"), false)).contains("XA START X'61',X'2762',7");
    }

    @Test
    void a_mariadb_that_logs_statements_logs_mixed_engines_as_they_came() {
        SessionVariables told = new SessionVariables(Set.of("binlog_format"));
        told.want("binlog_format", "MIXED");
        told.take();
        GtidMarks marks = new GtidMarks(told, Optional.empty());
        marks.take(mariadb(0, "000000000000"), false);
        assertThat(told.take().get(0)).isEqualTo("SET @@session.binlog_format=STATEMENT");
        marks.take(mariadb(0, "000000000000"), true);
        assertThat(told.take().get(0)).isEqualTo("SET @@session.binlog_format=MIXED");
    }

    @Test
    void a_table_that_is_made_for_rows_is_logged_as_these_need_it() {
        SessionVariables told = new SessionVariables(Set.of("binlog_format"));
        told.want("binlog_format", "MIXED");
        told.take();
        GtidMarks marks = new GtidMarks(told, Optional.empty());
        marks.take(mariadb(0x29, "000000000000"), true);
        assertThat(told.take().get(0)).as("one statement").isEqualTo("SET @@session.binlog_format=STATEMENT");
        marks.take(mariadb(0x28, "000000000000"), true);
        assertThat(told.take().get(0)).isEqualTo("SET @@session.binlog_format=MIXED");
    }

    @Test
    void a_table_that_is_made_for_rows_is_told_from_what_else_begins_a_transaction() {
        assertThat(EventStatements.makesTable(query("CREATE TABLE `test`.`s` (")))
                .isTrue();
        assertThat(EventStatements.makesTable(query("CREATE OR REPLACE TABLE `test`.`s` (")))
                .isTrue();
        assertThat(EventStatements.makesTable(query("CREATE TEMPORARY TABLE t (a INT)")))
                .isFalse();
        assertThat(EventStatements.makesTable(query("INSERT INTO test.s VALUES (1)")))
                .isFalse();
        assertThat(EventStatements.makesTable(TestEvents.tableMap("test", "s", MARIADB)))
                .isFalse();
    }

    private static Event query(String text) {
        return TestEvents.event(EventType.QUERY, "00000000 00000000 00 0000 0000 00" + TestEvents.ascii(text), MARIADB);
    }

    @Test
    void a_prepared_transaction_is_named_by_its_bytes() {
        Event prepare = TestEvents.event(EventType.XA_PREPARE, "00 07000000 01000000 02000000 61 2762", MYSQL);
        Event once = TestEvents.event(EventType.XA_PREPARE, "01 07000000 01000000 00000000 61", MYSQL);
        assertThat(GtidMarks.xaStatement(prepare)).isEqualTo("XA PREPARE X'61',X'2762',7");
        assertThat(GtidMarks.xaStatement(once)).isEqualTo("XA COMMIT X'61',X'',7 ONE PHASE");
    }
}
