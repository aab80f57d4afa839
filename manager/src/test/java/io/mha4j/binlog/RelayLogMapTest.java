package io.mha4j.binlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Relay logs of real replicas against the binary logs of their sources. */
final class RelayLogMapTest {
    static Stream<String> sets() {
        return SampleLogs.sets().filter(set -> set.endsWith("-row"));
    }

    @ParameterizedTest
    @MethodSource("sets")
    void a_run_has_the_bytes_of_the_source(String set) {
        List<RelayRun> runs = map(set, 0).runs();
        assertThat(runs).hasSizeGreaterThan(4);
        for (RelayRun run : runs) {
            if (run.isExact()) {
                assertThat(copy(set, "replica", run.relayFile(), run.relayStart(), run.relayEnd()))
                        .as(run.toString())
                        .isEqualTo(copy(set, "source", run.sourceFile(), run.start(), run.end()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("sets")
    void what_was_received_leads_without_a_gap_over_all_files_to_the_end(String set) {
        RelayLogMap map = map(set, 0);
        List<RelayRun> path = map.from(start(map.runs().get(0)));
        List<SampleLogs.Log> source = SampleLogs.of(set, "source");
        SampleLogs.Log last = source.get(source.size() - 1);
        RelayRun end = path.get(path.size() - 1);
        assertThat(end.sourceFile()).isEqualTo(last.name());
        assertThat(end.end()).isEqualTo(last.bytes().length);
        assertThat(path.stream().filter(run -> run.nextFile().isPresent())).hasSize(source.size() - 1);
    }

    @ParameterizedTest
    @MethodSource("sets")
    void each_transaction_of_the_source_is_found_where_it_stands(String set) {
        RelayLogMap map = map(set, 0);
        long first = map.runs().get(0).start();
        TransactionReader reader = new TransactionReader();
        SampleLogs.Log log = SampleLogs.of(set, "source").get(0);
        for (Event event : SampleLogs.scan(log.bytes()).events()) {
            if (!reader.open() && event.offset() >= first && !unpacked(map, event.offset())) {
                RelayRun at =
                        map.find(new BinlogPosition(log.name(), event.offset())).orElseThrow();
                assertThat(copy(set, "replica", at.relayFile(), at.relayStart(), at.relayStart() + 19))
                        .isEqualTo(copy(set, "source", log.name(), event.offset(), event.offset() + 19));
            }
            reader.accept(event);
        }
        assertThat(reader.whole()).isGreaterThan(10);
    }

    @ParameterizedTest
    @MethodSource("sets")
    void relay_logs_whose_beginning_was_deleted_name_their_source_file_by_the_next(String set) {
        List<RelayRun> all = map(set, 0).runs();
        // The second relay log with events begins with the source's real ROTATE and no word about its file.
        String second = all.stream()
                .filter(run -> run.nextFile().isPresent())
                .findFirst()
                .orElseThrow()
                .relayFile();
        int index = SampleLogs.of(set, "replica").stream()
                .map(SampleLogs.Log::name)
                .toList()
                .indexOf(second);
        assertThat(map(set, index).runs())
                .extracting(RelayRun::toString)
                .isEqualTo(all.stream()
                        .skip(all.stream().map(RelayRun::relayFile).toList().indexOf(second))
                        .map(RelayRun::toString)
                        .toList());
    }

    @Test
    void a_replica_that_unpacks_events_is_not_taken_for_a_copy() {
        assertThat(map("mariadb-10.11-row", 0).runs())
                .filteredOn(run -> !run.isExact())
                .hasSize(2);
        assertThat(map("mariadb-11.4-row", 0).runs())
                .filteredOn(run -> !run.isExact())
                .hasSize(2);
        assertThat(map("9.7-row", 0).runs()).allMatch(RelayRun::isExact);
    }

    @Test
    void a_place_that_was_not_received_is_not_found() {
        RelayLogMap map = map("8.0.15-row", 0);
        assertThat(map.find(new BinlogPosition("mysql-bin.000009", 4))).isEmpty();
        assertThat(map.from(new BinlogPosition("mysql-bin.000009", 4))).isEmpty();
        RelayRun last = map.runs().get(map.runs().size() - 1);
        assertThat(map.find(new BinlogPosition(last.sourceFile(), last.end()))).isEmpty();
    }

    @Test
    void the_head_of_a_source_file_is_no_gap() {
        RelayLogMap map = map("8.0.15-row", 0);
        assertThat(map.find(new BinlogPosition("mysql-bin.000001", 4))
                        .orElseThrow()
                        .start())
                .isEqualTo(155);
    }

    @Test
    void what_a_replica_received_before_it_connected_anew_is_of_the_file_that_goes_on_there() {
        RelayLogMap map = begunByTheReplica(500);
        add(map, "relay.000006", relayed(500, "bin.000003").eventEndingAt(EventType.QUERY, 600, new byte[100 - 23]));
        assertThat(map.unnamed()).isEmpty();
        assertThat(map.from(new BinlogPosition("bin.000003", 400)))
                .extracting(RelayRun::relayFile)
                .containsExactly("relay.000005", "relay.000006");
    }

    @Test
    void with_auto_position_the_sender_goes_through_its_file_to_that_place() {
        RelayLogMap map = begunByTheReplica(500);
        LogMaker anew = relayed(4, "bin.000003").leftOutTo(500, "bin.000003");
        add(map, "relay.000006", anew.eventEndingAt(EventType.QUERY, 600, new byte[100 - 23]));
        assertThat(map.from(new BinlogPosition("bin.000003", 400))).hasSize(2);
    }

    @Test
    void a_sender_that_begins_its_file_again_takes_back_nothing() {
        RelayLogMap map = new RelayLogMap();
        add(map, "relay.000001", relayed(400, "bin.000007").eventEndingAt(EventType.QUERY, 500, new byte[100 - 23]));
        add(map, "relay.000002", relayed(4, "bin.000007"));
        assertThat(map.reaches(at("bin.000007", 500))).isTrue();
        assertThat(map.reaches(at("bin.000007", 501))).isFalse();
        assertThat(map.reaches(at("bin.000008", 4))).isFalse();
    }

    @Test
    void what_a_replica_left_out_because_it_had_it_is_not_of_the_head_of_the_file() {
        LogMaker sent = new LogMaker(true).rotate(EventHeader.ARTIFICIAL, 4, "bin.000008");
        sent.sentFormat().leftOutTo(198, "bin.000008");
        RelayLogMap head = endedWithoutWord();
        add(head, "relay.000003", sent);
        BinlogPosition end = at("bin.000007", 500);
        assertThat(head.isNothingBetween(end, at("bin.000008", 198))).isTrue();

        sent.leftOutTo(500, "bin.000008");
        RelayLogMap had = endedWithoutWord();
        add(had, "relay.000003", sent);
        assertThat(had.isNothingBetween(end, at("bin.000008", 500))).isFalse();

        RelayLogMap more = endedWithoutWord();
        add(more, "relay.000003", sent.eventEndingAt(EventType.QUERY, 600, new byte[100 - 23]));
        // What stands there is in older relay logs.
        assertThat(more.from(at("bin.000008", 300))).isEmpty();
        assertThat(more.from(at("bin.000008", 500))).hasSize(1);
    }

    private static BinlogPosition at(String file, long offset) {
        return new BinlogPosition(file, offset);
    }

    @Test
    void what_a_replica_received_before_its_source_began_a_new_file_stays_unnamed() {
        RelayLogMap map = begunByTheReplica(500);
        add(map, "relay.000006", relayed(4, "bin.000004").eventEndingAt(EventType.QUERY, 600, new byte[100 - 23]));
        assertThat(map.namesAny()).isTrue();
        assertThat(map.unnamed()).containsExactly("relay.000005");
        map.unnamedAreOf("bin.000003");
        assertThat(map.unnamed()).isEmpty();
        assertThat(map.find(new BinlogPosition("bin.000003", 400))).isPresent();
    }

    @Test
    void a_source_that_was_started_again_goes_on_in_its_next_file() {
        RelayLogMap map = endedWithoutWord();
        add(map, "relay.000003", relayed(4, "bin.000008").eventEndingAt(EventType.QUERY, 104, new byte[100 - 23]));
        assertThat(map.from(new BinlogPosition("bin.000007", 400)))
                .extracting(RelayRun::relayFile)
                .containsExactly("relay.000001", "relay.000003");
        assertThat(map.from(new BinlogPosition("bin.000007", 500)))
                .extracting(RelayRun::relayFile)
                .containsExactly("relay.000003");
        assertThat(map.from(new BinlogPosition("bin.000007", 600))).isEmpty();
    }

    @Test
    void a_source_that_was_started_twice_left_a_file_with_nothing_in_it() {
        RelayLogMap map = endedWithoutWord();
        add(map, "relay.000003", relayed(4, "bin.000008"));
        add(map, "relay.000004", relayed(4, "bin.000009").eventEndingAt(EventType.QUERY, 104, new byte[100 - 23]));
        assertThat(map.from(new BinlogPosition("bin.000007", 400)))
                .extracting(RelayRun::relayFile)
                .containsExactly("relay.000001", "relay.000004");
    }

    @Test
    void a_sender_that_goes_on_in_a_file_and_tells_its_format_is_not_at_its_head() {
        RelayLogMap map = new RelayLogMap();
        add(
                map,
                "relay.000002",
                new LogMaker(true)
                        .rotate(EventHeader.ARTIFICIAL, 500, "bin.000007")
                        .format(0, 0));
        add(map, "relay.000003", relayed(4, "bin.000008").eventEndingAt(EventType.QUERY, 104, new byte[100 - 23]));
        // What stands there may be in older relay logs.
        assertThat(map.from(new BinlogPosition("bin.000007", 400))).isEmpty();
        assertThat(map.from(new BinlogPosition("bin.000007", 500))).hasSize(1);
    }

    @Test
    void a_file_that_is_not_the_next_is_behind_a_gap() {
        RelayLogMap map = endedWithoutWord();
        add(map, "relay.000003", relayed(4, "bin.000009").eventEndingAt(EventType.QUERY, 104, new byte[100 - 23]));
        assertThat(map.from(new BinlogPosition("bin.000007", 400))).hasSize(1);
        assertThat(map.isNothingBetween(new BinlogPosition("bin.000007", 500), new BinlogPosition("bin.000009", 104)))
                .isFalse();
    }

    @Test
    void the_head_of_the_next_file_is_nothing() {
        RelayLogMap map = endedWithoutWord();
        BinlogPosition end = new BinlogPosition("bin.000007", 500);
        assertThat(map.isNothingBetween(end, end)).isTrue();
        assertThat(map.isNothingBetween(end, new BinlogPosition("bin.000007", 600)))
                .isFalse();
        // The format description of a file that is read from its beginning says where it ends.
        LogMaker head = new LogMaker(true).rotate(EventHeader.ARTIFICIAL, 4, "bin.000008");
        add(map, "relay.000003", head.format(0, 0));
        assertThat(map.isNothingBetween(end, new BinlogPosition("bin.000008", 900)))
                .isTrue();
        assertThat(map.isNothingBetween(new BinlogPosition("bin.000007", 400), new BinlogPosition("bin.000008", 900)))
                .isFalse();
    }

    /** A source's file up to 500, to which the replica came back in vain. */
    private static RelayLogMap endedWithoutWord() {
        RelayLogMap map = new RelayLogMap();
        add(map, "relay.000001", relayed(400, "bin.000007").eventEndingAt(EventType.QUERY, 500, new byte[100 - 23]));
        add(map, "relay.000002", relayed(500, "bin.000007"));
        return map;
    }

    /** A relay log without a word about the source's file, with an event that ends there. */
    private static RelayLogMap begunByTheReplica(long end) {
        RelayLogMap map = new RelayLogMap();
        LogMaker log = new LogMaker(true).format(0, EventHeader.ARTIFICIAL);
        add(map, "relay.000005", log.eventEndingAt(EventType.QUERY, end, new byte[100 - 23]));
        assertThat(map.runs()).isEmpty();
        return map;
    }

    private static LogMaker relayed(long from, String file) {
        return new LogMaker(true).rotate(EventHeader.ARTIFICIAL, from, file).format(0, EventHeader.ARTIFICIAL);
    }

    private static void add(RelayLogMap map, String name, LogMaker log) {
        map.begin(name);
        EventScanner.fromStart(map).accept(log.bytes(), 0, log.bytes().length);
    }

    /** All relay logs of a replica but the first ones. */
    private static RelayLogMap map(String set, int without) {
        RelayLogMap map = new RelayLogMap();
        SampleLogs.of(set, "replica").stream().skip(without).forEach(log -> {
            map.begin(log.name());
            EventScanner.fromStart(map).accept(log.bytes(), 0, log.bytes().length);
        });
        return map;
    }

    private static boolean unpacked(RelayLogMap map, long offset) {
        return map.runs().stream()
                .anyMatch(run ->
                        !run.isExact() && run.sourceFile().endsWith("1") && run.start() < offset && offset < run.end());
    }

    private static BinlogPosition start(RelayRun run) {
        return new BinlogPosition(run.sourceFile(), run.start());
    }

    private static byte[] copy(String set, String role, String name, long from, long to) {
        return Arrays.copyOfRange(SampleLogs.log(set, role, name).bytes(), (int) from, (int) to);
    }
}
