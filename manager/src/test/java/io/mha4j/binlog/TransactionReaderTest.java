package io.mha4j.binlog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Beginnings and ends of transactions, rule by rule. */
final class TransactionReaderTest {
    private static TransactionReader read(LogMaker log) {
        SampleLogs.Scan scan = SampleLogs.scan(log.bytes());
        assertThat(scan.damage()).isEmpty();
        assertThat(scan.torn()).isZero();
        return scan.transactions();
    }

    private static LogMaker log() {
        return new LogMaker(true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CREATE TABLE t (x INT)", "INSERT INTO t VALUES (1)", "BEGINNING", "XA COMMIT X'31',X'',1"})
    void a_statement_outside_of_begin_and_commit_is_a_transaction(String text) {
        TransactionReader reader = read(log().query(text));
        assertThat(reader.whole()).isEqualTo(1);
        assertThat(reader.open()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SAVEPOINT `a`", "ROLLBACK TO `a`", "ROLLBACK TO SAVEPOINT a", "INSERT INTO t VALUES (1)"})
    void what_stands_inside_of_a_transaction_does_not_end_it(String text) {
        TransactionReader reader = read(log().query("BEGIN").query(text));
        assertThat(reader.open()).isTrue();
        assertThat(reader.openEvents()).isEqualTo(2);
        assertThat(reader.whole()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"COMMIT", "ROLLBACK", "commit", "ROLLBACK /* added */"})
    void a_commit_or_rollback_ends_it(String text) {
        LogMaker log = log().query("BEGIN").query("INSERT INTO t VALUES (1)").query(text);
        TransactionReader reader = read(log);
        assertThat(reader.open()).isFalse();
        assertThat(reader.whole()).isEqualTo(1);
        assertThat(reader.endOfLastWhole()).isEqualTo(log.bytes().length);
    }

    @Test
    void an_identifier_opens_what_one_statement_ends() {
        assertThat(read(log().gtid(1)).open()).isTrue();
        TransactionReader reader = read(log().gtid(1).query("DROP TABLE t").gtid(2));
        assertThat(reader.whole()).isEqualTo(1);
        assertThat(reader.open()).isTrue();
        assertThat(reader.gtids().orElseThrow().toString()).endsWith(":1");
    }

    @Test
    void a_prepared_transaction_ends_with_its_preparation() {
        TransactionReader reader = read(log().query("XA START X'31',X'',1")
                .query("INSERT INTO t VALUES (1)")
                .query("XA END X'31',X'',1")
                .event(EventType.XA_PREPARE, new byte[14]));
        assertThat(reader.whole()).isEqualTo(1);
        assertThat(reader.open()).isFalse();
    }

    @Test
    void values_for_a_statement_belong_to_it() {
        LogMaker log = log().query("DROP TABLE t");
        int end = log.bytes().length;
        TransactionReader open = read(log.event(EventType.INTVAR, new byte[9]).event(EventType.RAND, new byte[16]));
        assertThat(open.open()).isTrue();
        assertThat(open.endOfLastWhole()).isEqualTo(end);
        assertThat(read(log.query("INSERT INTO t VALUES (RAND())")).whole()).isEqualTo(2);
    }

    @Test
    void blocks_of_a_file_belong_to_the_statement_that_loads_it() {
        LogMaker log = log().event(EventType.BEGIN_LOAD_QUERY, new byte[8]).event(EventType.APPEND_BLOCK, new byte[8]);
        assertThat(read(log).open()).isTrue();
        assertThat(read(log.event(EventType.EXECUTE_LOAD_QUERY, new byte[40])).whole())
                .isEqualTo(1);
        LogMaker given = log().event(EventType.BEGIN_LOAD_QUERY, new byte[8]).event(EventType.DELETE_FILE, new byte[4]);
        assertThat(read(given).open()).isFalse();
        assertThat(read(given).whole()).isZero();
    }

    @Test
    void a_restart_of_the_source_ends_what_it_left_open() {
        LogMaker log = log().gtid(1).query("BEGIN").format(5, 0);
        assertThat(read(log).open()).isFalse();
        assertThat(read(log).gtids()).isEmpty();
        assertThat(read(log().query("BEGIN").format(0, EventHeader.ARTIFICIAL)).open())
                .isTrue();
    }

    @Test
    void a_transaction_that_is_sent_again_counts_once() {
        TransactionReader reader =
                read(log().gtid(1).query("BEGIN").gtid(1).query("BEGIN").event(EventType.XID, new byte[8]));
        assertThat(reader.whole()).isEqualTo(1);
        assertThat(reader.open()).isFalse();
    }

    @Test
    void an_incident_is_told() {
        TransactionReader reader = read(log().event(EventType.INCIDENT, new byte[] {1, 0, 4, 'l', 'o', 's', 't'}));
        assertThat(reader.incident().orElseThrow().message()).isEqualTo("lost");
        assertThat(reader.incident().orElseThrow().number()).isEqualTo(1);
    }

    @Test
    void events_between_transactions_move_the_end() {
        LogMaker log = log().query("DROP TABLE t").rotate(0, 4, "bin.000002");
        assertThat(read(log).endOfLastWhole()).isEqualTo(log.bytes().length);
        assertThat(read(log).whole()).isEqualTo(1);
    }
}
