package io.mha4j.mysql.apply;

import io.mha4j.binlog.Event;
import io.mha4j.binlog.EventHeader;
import io.mha4j.binlog.EventType;
import io.mha4j.binlog.FormatDescription;
import io.mha4j.binlog.LittleEndian;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** Events laid out as servers do. */
final class TestEvents {
    private static final int LENGTHS_AT = EventHeader.BYTES + 57;
    private static final int TYPES = 171;

    private TestEvents() {}

    /** Of a server with checksums that writes rows with heads of 8 bytes (version 1) and 10 (version 2). */
    static FormatDescription format(String version, boolean checksums) {
        byte[] event = new byte[LENGTHS_AT + TYPES + 5];
        event[4] = EventType.FORMAT_DESCRIPTION;
        LittleEndian.put(event, 9, 4, event.length);
        LittleEndian.put(event, EventHeader.BYTES, 2, 4);
        byte[] name = version.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(name, 0, event, EventHeader.BYTES + 2, name.length);
        event[EventHeader.BYTES + 56] = EventHeader.BYTES;
        postHeader(event, EventType.FORMAT_DESCRIPTION, 57 + TYPES);
        postHeader(event, EventType.QUERY, 13);
        postHeader(event, EventType.MARIADB_QUERY_COMPRESSED, 13);
        postHeader(event, EventType.TABLE_MAP, 8);
        postHeader(event, EventType.TRANSACTION_PAYLOAD, 40);
        for (int type = 0; type < 3; type++) {
            postHeader(event, EventType.WRITE_ROWS_V1 + type, 8);
            postHeader(event, EventType.WRITE_ROWS + type, 10);
            postHeader(event, EventType.MARIADB_WRITE_ROWS_COMPRESSED_V1 + type, 8);
        }
        event[event.length - 5] = (byte) (checksums ? 1 : 0);
        return FormatDescription.parse(event);
    }

    private static void postHeader(byte[] event, int type, int length) {
        event[LENGTHS_AT + type - 1] = (byte) length;
    }

    /** An event with this behind its header, and the checksum that the format asks for. */
    static Event event(int type, byte[] rest, FormatDescription format) {
        byte[] bytes = new byte[EventHeader.BYTES + rest.length];
        bytes[4] = (byte) type;
        System.arraycopy(rest, 0, bytes, EventHeader.BYTES, rest.length);
        return Whole.stored(bytes, bytes.length, 4, format);
    }

    static Event event(int type, String hex, FormatDescription format) {
        return event(type, hex(hex), format);
    }

    static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    static String ascii(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Rows of table number 1: flags, then whatever. */
    static Event rows(int flags, int size, FormatDescription format) {
        byte[] rest = new byte[10 + size];
        rest[0] = 1;
        rest[6] = (byte) flags;
        rest[8] = 2;
        Arrays.fill(rest, 10, rest.length, (byte) 'r');
        return event(EventType.WRITE_ROWS, rest, format);
    }

    static Event tableMap(String schema, String table, FormatDescription format) {
        String hex = "010000000000 0100 %02x %s 00 %02x %s 00 01 03 00 00"
                .formatted(schema.length(), ascii(schema), table.length(), ascii(table));
        return event(EventType.TABLE_MAP, hex, format);
    }
}
