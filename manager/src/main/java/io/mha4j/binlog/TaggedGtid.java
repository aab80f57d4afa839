package io.mha4j.binlog;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The self-describing form in which MySQL writes events with tagged GTIDs since 8.3 (MySQL source,
 * {@code libs/mysql/serialization} and {@code Gtid_event::define_fields}): version, size, last field that must be
 * understood, then number and value of each field in rising order.
 */
final class TaggedGtid {
    private static final int FLAGS = 0;
    private static final int SERVER = 1;
    private static final int NUMBER = 2;
    private static final int TAG = 3;

    private final byte[] bytes;
    private final int end;
    private int at;

    private TaggedGtid(byte[] bytes, int at, int end) {
        this.bytes = bytes;
        this.at = at;
        this.end = end;
    }

    static MysqlGtid read(byte[] bytes, int from, int end) {
        return new TaggedGtid(bytes, from, end).gtid();
    }

    private MysqlGtid gtid() {
        long version = unsigned();
        if (version != 1) {
            throw new IllegalArgumentException("a tagged GTID event of format " + version + " is not understood");
        }
        unsigned(); // size of all
        unsigned(); // last field that a reader must know
        expect(FLAGS);
        unsigned();
        expect(SERVER);
        byte[] server = new byte[16];
        for (int i = 0; i < server.length; i++) {
            server[i] = (byte) unsigned();
        }
        UUID uuid = MysqlGtid.uuid(server, 0);
        expect(NUMBER);
        long number = signed();
        expect(TAG);
        return new MysqlGtid(new MysqlGtid.Origin(uuid, text((int) unsigned())), number);
    }

    private void expect(int field) {
        long found = unsigned();
        if (found != field) {
            throw new IllegalArgumentException(
                    "field " + found + " of a tagged GTID event where " + field + " belongs");
        }
    }

    private String text(int length) {
        if (length < 0 || length > end - at) {
            throw new IllegalArgumentException("a tagged GTID event ends inside its tag");
        }
        at += length;
        return new String(bytes, at - length, length, StandardCharsets.US_ASCII);
    }

    private long signed() {
        long folded = unsigned();
        return folded >>> 1 ^ -(folded & 1);
    }

    /** As many bytes follow the first as that has low bits set; what stands above them all is the number. */
    private long unsigned() {
        if (at >= end) {
            throw new IllegalArgumentException("a tagged GTID event ends too early");
        }
        int more = Integer.numberOfTrailingZeros(~(bytes[at] & 0xff));
        if (more >= end - at) {
            throw new IllegalArgumentException("a tagged GTID event ends inside a number");
        }
        at += more + 1;
        if (more == 8) {
            return LittleEndian.unsigned(bytes, at - 8, 8);
        }
        return LittleEndian.unsigned(bytes, at - more - 1, more + 1) >>> (more + 1);
    }
}
