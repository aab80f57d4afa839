package io.mha4j.mysql.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.airlift.compress.zstd.ZstdOutputStream;
import io.mha4j.binlog.Event;
import io.mha4j.binlog.EventType;
import io.mha4j.binlog.FormatDescription;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

/** Compressed transactions of MySQL and compressed events of MariaDB. */
final class PackedEventsTest {
    private static final FormatDescription MYSQL = TestEvents.format("9.7.0", true);
    private static final FormatDescription MARIADB = TestEvents.format("10.11.6-MariaDB", true);

    private static String zlib(byte[] plain) {
        Deflater deflater = new Deflater();
        deflater.setInput(plain);
        deflater.finish();
        byte[] packed = new byte[plain.length + 100];
        int length = deflater.deflate(packed);
        deflater.end();
        return HexFormat.of().formatHex(packed, 0, length);
    }

    private static byte[] bare(Event event) {
        byte[] bytes = Arrays.copyOf(event.head(), (int) event.lengthWithoutChecksum());
        bytes[9] = (byte) bytes.length;
        bytes[10] = (byte) (bytes.length >> 8);
        return bytes;
    }

    private static byte[] inner(Event... events) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Event event : events) {
            all.write(bare(event));
        }
        return all.toByteArray();
    }

    private static Event payload(int compression, byte[] content) {
        String fields = "02 %s 03 01 dd 01 %s 00"
                .formatted(
                        compression == 0 ? "01 00" : "03 fcff00",
                        "04 fd"
                                + "%02x%02x%02x"
                                        .formatted(
                                                content.length & 0xff,
                                                content.length >> 8 & 0xff,
                                                content.length >> 16));
        return TestEvents.event(
                EventType.TRANSACTION_PAYLOAD, fields + HexFormat.of().formatHex(content), MYSQL);
    }

    private static List<byte[]> unpacked(Event payload) {
        List<byte[]> found = new ArrayList<>();
        TransactionPayload.forEach(payload, event -> found.add(event.head()));
        return found;
    }

    @Test
    void events_in_a_payload_come_out_as_they_would_be_stored() throws IOException {
        Event map = TestEvents.tableMap("test", "t1", MYSQL);
        Event rows = TestEvents.rows(1, 5000, MYSQL);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (ZstdOutputStream zstd = new ZstdOutputStream(packed)) {
            zstd.write(inner(map, rows));
        }
        assertThat(unpacked(payload(0, packed.toByteArray()))).containsExactly(map.head(), rows.head());
        assertThat(unpacked(payload(255, inner(map, rows)))).containsExactly(map.head(), rows.head());
    }

    @Test
    void a_damaged_payload_is_refused() throws IOException {
        byte[] content = inner(TestEvents.rows(1, 50, MYSQL));
        byte[] cut = Arrays.copyOf(content, content.length - 3);
        assertThatThrownBy(() -> unpacked(payload(255, cut)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ends inside an event");
        assertThatThrownBy(() -> unpacked(payload(0, content))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_compressed_statement_becomes_a_plain_one() {
        String head = "05000000 00000000 04 0000 0500 00 00000000 74657374 00";
        byte[] text = "INSERT INTO t VALUES ('it''s')".repeat(20).getBytes(StandardCharsets.US_ASCII);
        Event compressed = TestEvents.event(
                EventType.MARIADB_QUERY_COMPRESSED, head + "82 %04x".formatted(text.length) + zlib(text), MARIADB);
        Event plain = CompressedEvents.plain(compressed);
        assertThat(plain.head())
                .isEqualTo(
                        TestEvents.event(EventType.QUERY, head + HexFormat.of().formatHex(text), MARIADB)
                                .head());
        assertThat(QueryText.of(plain).text()).isEqualTo(text);
    }

    @Test
    void compressed_rows_become_plain_ones() {
        byte[] rows = "abcdefgh".repeat(30).getBytes(StandardCharsets.US_ASCII);
        String write = "010000000000 0100 02 ff";
        String update = write + "ff";
        assertThat(plainRows(0, write, rows)).isEqualTo(rows(EventType.WRITE_ROWS_V1, write, rows));
        assertThat(plainRows(1, update, rows)).isEqualTo(rows(EventType.UPDATE_ROWS_V1, update, rows));
        assertThat(plainRows(2, write, rows)).isEqualTo(rows(EventType.DELETE_ROWS_V1, write, rows));
    }

    private static byte[] plainRows(int kind, String head, byte[] rows) {
        int type = EventType.MARIADB_WRITE_ROWS_COMPRESSED_V1 + kind;
        String packed = "81 %02x".formatted(rows.length) + zlib(rows);
        return CompressedEvents.plain(TestEvents.event(type, head + packed, MARIADB))
                .head();
    }

    private static byte[] rows(int type, String head, byte[] rows) {
        return TestEvents.event(type, head + HexFormat.of().formatHex(rows), MARIADB)
                .head();
    }

    @Test
    void a_compressed_event_that_ends_too_early_is_refused() {
        Event cut = TestEvents.event(
                EventType.MARIADB_WRITE_ROWS_COMPRESSED_V1, "010000000000 0100 02 ff 81 f0 789c", MARIADB);
        assertThatThrownBy(() -> CompressedEvents.plain(cut)).isInstanceOf(IllegalArgumentException.class);
    }
}
