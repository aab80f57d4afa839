package io.mha4j.mysql.apply;

import io.mha4j.binlog.Event;
import io.mha4j.binlog.EventType;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * MariaDB's compressed events (types 165 to 171): as the plain ones, with the statement's text or the rows replaced by
 * one byte that holds the number of length bytes, the length with its highest byte first, and a zlib stream (MariaDB
 * source, {@code binlog_buf_uncompress}).
 */
final class CompressedEvents {
    private static final int ROWS_V1 = EventType.MARIADB_WRITE_ROWS_COMPRESSED_V1;
    private static final int ROWS_V2 = ROWS_V1 + 3;

    private CompressedEvents() {}

    static boolean are(int type) {
        return type >= EventType.MARIADB_QUERY_COMPRESSED && type <= EventType.MARIADB_DELETE_ROWS_COMPRESSED;
    }

    /**
     * The plain event.
     *
     * @throws IllegalArgumentException if it is damaged
     */
    static Event plain(Event event) {
        if (event.type() == EventType.MARIADB_QUERY_COMPRESSED) {
            return inflated(event, EventType.QUERY, QueryText.at(event));
        }
        boolean v2 = event.type() >= ROWS_V2;
        int plain =
                v2 ? EventType.WRITE_ROWS + event.type() - ROWS_V2 : EventType.WRITE_ROWS_V1 + event.type() - ROWS_V1;
        return inflated(event, plain, rowsAt(event, v2));
    }

    /** Rows lie behind the number of columns and one bit for each, two for an update. */
    private static int rowsAt(Event event, boolean v2) {
        int at = event.bodyAt();
        if (v2) {
            at += unsigned(event, at - 2) - 2;
        }
        PackedInteger columns = PackedInteger.at(event.head(), at);
        int bits = (int) (columns.value() + 7) / 8;
        boolean update = (event.type() - ROWS_V1) % 3 == 1;
        return columns.next() + (update ? 2 * bits : bits);
    }

    private static int unsigned(Event event, int at) {
        return (event.head()[at] & 0xff) | (event.head()[at + 1] & 0xff) << 8;
    }

    private static Event inflated(Event event, int type, int from) {
        int end = (int) event.lengthWithoutChecksum();
        return Whole.rebuilt(event, type, from, inflate(Arrays.copyOfRange(event.head(), from, end)));
    }

    private static byte[] inflate(byte[] packed) {
        int lengthBytes = packed.length == 0 ? 0 : packed[0] & 0x07;
        if (lengthBytes == 0 || lengthBytes > 4 || packed.length <= lengthBytes) {
            throw new IllegalArgumentException("a compressed event without a length");
        }
        int length = 0;
        for (int i = 1; i <= lengthBytes; i++) {
            length = length << 8 | (packed[i] & 0xff);
        }
        byte[] plain = new byte[length];
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(packed, 1 + lengthBytes, packed.length - 1 - lengthBytes);
            int filled = 0;
            while (filled < length && !inflater.finished() && !inflater.needsInput()) {
                filled += inflater.inflate(plain, filled, length - filled);
            }
            if (filled < length) {
                throw new IllegalArgumentException("a compressed event ends too early");
            }
            return plain;
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("a compressed event is damaged: " + e.getMessage(), e);
        } finally {
            inflater.end();
        }
    }
}
