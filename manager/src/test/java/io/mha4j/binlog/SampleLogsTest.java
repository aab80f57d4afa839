package io.mha4j.binlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Logs of all seven servers in all three formats, as they are. */
final class SampleLogsTest {
    static Stream<SampleLogs.Log> logs() {
        return SampleLogs.all().stream();
    }

    static Stream<SampleLogs.Log> sourceLogs() {
        return logs().filter(log -> log.role().equals("source"));
    }

    @ParameterizedTest
    @MethodSource("logs")
    void a_log_is_read_to_its_last_byte(SampleLogs.Log log) {
        SampleLogs.Scan scan = SampleLogs.scan(log.bytes());
        assertThat(scan.damage()).isEmpty();
        assertThat(scan.torn()).isZero();
        assertThat(scan.offset()).isEqualTo(log.bytes().length);
        assertThat(scan.transactions().open()).isFalse();
        assertThat(scan.transactions().endOfLastWhole()).isEqualTo(log.bytes().length);
        assertThat(scan.transactions().incident()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("sourceLogs")
    void every_event_of_a_source_ends_where_its_header_says(SampleLogs.Log log) {
        for (Event event : SampleLogs.scan(log.bytes()).events()) {
            assertThat(event.header().endBehind(event.offset())).isEqualTo(event.endOffset());
        }
    }

    @ParameterizedTest
    @MethodSource("sourceLogs")
    void each_whole_transaction_has_its_own_identifier(SampleLogs.Log log) {
        TransactionReader transactions = SampleLogs.scan(log.bytes()).transactions();
        Optional<Gtids> gtids = transactions.gtids();
        if (!log.gtids()) {
            assertThat(gtids).isEmpty();
        } else if (gtids.orElse(GtidSet.EMPTY) instanceof GtidSet set) {
            assertThat(set.size()).isEqualTo(transactions.whole());
        }
    }

    @ParameterizedTest
    @MethodSource("sets")
    void a_log_lists_what_stood_in_those_before_it(String set) {
        GtidSet mysql = GtidSet.EMPTY;
        MariadbGtids mariadb = MariadbGtids.EMPTY;
        for (SampleLogs.Log log : SampleLogs.of(set, "source")) {
            TransactionReader transactions = SampleLogs.scan(log.bytes()).transactions();
            if (log.gtids()) {
                assertThat(transactions.before().orElseThrow()).isEqualTo(set.startsWith("mariadb") ? mariadb : mysql);
            }
            if (transactions.gtids().orElse(mysql) instanceof MariadbGtids more) {
                mariadb = mariadb.union(more);
            } else if (transactions.gtids().orElse(mariadb) instanceof GtidSet more) {
                mysql = mysql.union(more);
            }
        }
    }

    static Stream<String> sets() {
        return SampleLogs.sets();
    }

    /** Else the tests above prove less than they seem to. */
    @Test
    void the_samples_hold_what_is_hard_to_read() {
        Set<Integer> types = logs().flatMap(log -> SampleLogs.scan(log.bytes()).events().stream())
                .map(Event::type)
                .collect(Collectors.toSet());
        assertThat(types)
                .contains(
                        EventType.XA_PREPARE,
                        EventType.PARTIAL_UPDATE_ROWS,
                        EventType.TRANSACTION_PAYLOAD,
                        EventType.GTID_TAGGED,
                        EventType.BEGIN_LOAD_QUERY,
                        EventType.EXECUTE_LOAD_QUERY,
                        EventType.USER_VAR,
                        EventType.RAND,
                        EventType.INTVAR,
                        EventType.ANONYMOUS_GTID,
                        EventType.ROWS_QUERY,
                        EventType.MARIADB_QUERY_COMPRESSED,
                        EventType.MARIADB_WRITE_ROWS_COMPRESSED_V1,
                        EventType.MARIADB_CHECKPOINT);
        assertThat(SampleLogs.sets()).hasSize(21);
    }

    @Test
    void tagged_identifiers_are_read_in_transactions_and_in_lists() {
        SampleLogs.Log first = SampleLogs.log("9.7-row", "source", "mysql-bin.000001");
        SampleLogs.Log second = SampleLogs.log("9.7-row", "source", "mysql-bin.000002");
        Gtids written = SampleLogs.scan(first.bytes()).transactions().gtids().orElseThrow();
        assertThat(written.toString()).matches("[0-9a-f-]{36}:1-25,[0-9a-f-]{36}:backup:1-3");
        assertThat(SampleLogs.scan(second.bytes()).transactions().before()).contains(written);
    }

    @Test
    void a_compressed_statement_is_read() {
        SampleLogs.Log log = SampleLogs.log("mariadb-10.11-statement", "source", "mysql-bin.000001");
        List<QueryEvent> compressed = SampleLogs.scan(log.bytes()).events().stream()
                .filter(event -> event.type() == EventType.MARIADB_QUERY_COMPRESSED)
                .map(QueryEvent::of)
                .toList();
        assertThat(compressed)
                .extracting(QueryEvent::textAsString)
                .anyMatch(text -> text.matches("UPDATE test.i SET a = 'compressed', c = '(long statement ){40}'.*"));
        assertThat(compressed).allMatch(QueryEvent::whole);
    }
}
