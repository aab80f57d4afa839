package io.mha4j.binlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What stops a scan, and in which words. */
final class EventScannerTest {
    private static Damage damage(byte[] bytes) {
        return SampleLogs.scan(bytes).damage().orElseThrow();
    }

    @Test
    void zeros_behind_a_crash_are_named() {
        LogMaker log = new LogMaker(true).query("DROP TABLE t");
        int end = log.bytes().length;
        Damage damage = damage(log.raw(new byte[4096]).bytes());
        assertThat(damage.offset()).isEqualTo(end);
        assertThat(damage.why()).contains("zeros");
        assertThat(damage.kind()).isEqualTo(Damage.Kind.ZEROS);
    }

    @Test
    void an_encrypted_file_is_named_with_the_way_out() {
        byte[] file = new byte[512];
        System.arraycopy(new byte[] {(byte) 0xfd, 'b', 'i', 'n', 1}, 0, file, 0, 5);
        assertThat(damage(file).why()).contains("binlog_encryption").contains("start one on the data directory");
        assertThat(damage(file).kind()).isEqualTo(Damage.Kind.ENCRYPTED);
    }

    @Test
    void a_file_that_becomes_encrypted_is_named_with_the_way_out() {
        LogMaker log = new LogMaker(true);
        int end = log.bytes().length;
        Damage damage = damage(
                log.event(EventType.MARIADB_START_ENCRYPTION, new byte[17]).bytes());
        assertThat(damage.offset()).isEqualTo(end);
        assertThat(damage.why()).contains("encrypt_binlog").contains("start one on the data directory");
        assertThat(damage.kind()).isEqualTo(Damage.Kind.ENCRYPTED);
    }

    @Test
    void another_file_is_no_binary_log() {
        assertThat(damage("mysql-bin.000001\n".getBytes(StandardCharsets.US_ASCII))
                        .why())
                .contains("magic number");
    }

    @Test
    void a_type_that_the_server_does_not_know_is_found_without_checksums() {
        Damage damage = damage(new LogMaker(false).event(99, new byte[5]).bytes());
        assertThat(damage.why()).contains("type 99").contains("8.0.99");
        assertThat(SampleLogs.scan(new LogMaker(true).event(99, new byte[5]).bytes())
                        .damage())
                .isEmpty();
    }

    @Test
    void an_impossible_length_is_found_at_once() {
        byte[] header = new byte[EventHeader.BYTES];
        header[4] = EventType.QUERY;
        LittleEndian.put(header, 9, 4, 0xf000_0000L);
        assertThat(damage(new LogMaker(false).raw(header).bytes()).why()).contains("4026531840 bytes");
        LittleEndian.put(header, 9, 4, 22);
        assertThat(damage(new LogMaker(true).raw(header).bytes()).why()).contains("22 bytes");
    }

    @Test
    void nothing_behind_a_damage_is_taken() {
        LogMaker log = new LogMaker(true).query("DROP TABLE a");
        byte[] bytes = log.query("DROP TABLE b").bytes();
        SampleLogs.Scan whole = SampleLogs.scan(bytes);
        bytes[(int) whole.events().get(1).offset() + 30] ^= 1;
        SampleLogs.Scan scan = SampleLogs.scan(bytes);
        assertThat(scan.events()).hasSize(1);
        assertThat(scan.torn()).isZero();
        assertThat(scan.damage().orElseThrow().why()).contains("checksum of QUERY");
    }

    @Test
    void an_event_larger_than_memory_should_hold_is_kept_by_its_head_only() {
        byte[] bytes = new LogMaker(true)
                .event(EventType.WRITE_ROWS, new byte[5_000_000])
                .query("x".repeat(300_000))
                .bytes();
        SampleLogs.Scan scan = SampleLogs.scan(bytes);
        assertThat(scan.offset()).isEqualTo(bytes.length);
        assertThat(scan.events().get(1).head()).hasSizeLessThan(100);
        assertThat(scan.events().get(2).head()).hasSize(Event.HEAD_LIMIT);
        assertThat(QueryEvent.of(scan.events().get(2)).whole()).isFalse();
    }

    @Test
    void a_position_beyond_4_gib_is_counted_on() {
        EventHeader header = new EventHeader(0, EventType.QUERY, 1, 100, 50, 0);
        assertThat(header.endBehind((1L << 32) - 50)).isEqualTo((1L << 32) + 50);
        assertThat(header.endBehind(3L * (1L << 32) - 50)).isEqualTo(3L * (1L << 32) + 50);
        EventHeader silent = new EventHeader(0, EventType.XID, 1, 31, 0, 0);
        assertThat(silent.endBehind(1000)).isEqualTo(1031);
    }

    @Test
    void runs_of_a_relay_log_go_on_beyond_4_gib() {
        long wrap = 1L << 32;
        byte[] log = new LogMaker(false)
                .rotate(EventHeader.ARTIFICIAL, wrap - 60, "bin.000007")
                .format(0, EventHeader.ARTIFICIAL)
                .eventEndingAt(EventType.XID, wrap - 33, new byte[8])
                .eventEndingAt(EventType.XID, wrap - 6, new byte[8])
                .eventEndingAt(EventType.XID, wrap + 21, new byte[8])
                .bytes();
        RelayLogMap map = new RelayLogMap();
        map.begin("relay.000001");
        EventScanner.fromStart(map).accept(log, 0, log.length);
        assertThat(map.runs()).hasSize(1);
        assertThat(map.runs().get(0).start()).isEqualTo(wrap - 60);
        assertThat(map.runs().get(0).end()).isEqualTo(wrap + 21);
    }
}
