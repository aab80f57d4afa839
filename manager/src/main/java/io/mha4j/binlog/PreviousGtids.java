package io.mha4j.binlog;

import java.nio.charset.StandardCharsets;

/** Reads what a PREVIOUS_GTIDS event lists: everything written before its file, in a relay log everything received. */
public final class PreviousGtids {
    private static final int TAGGED_FORMAT = 1;

    private final byte[] bytes;
    private final int end;
    private int at;

    private PreviousGtids(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    /**
     * @param event of type {@link EventType#PREVIOUS_GTIDS}
     * @throws IllegalArgumentException if it is cut short
     */
    public static GtidSet of(Event event) {
        return read(event.head(), event.bodyAt(), (int) event.lengthWithoutChecksum());
    }

    /**
     * Reads the encoded form, which COM_BINLOG_DUMP_GTID uses too.
     *
     * @param end index behind it
     * @throws IllegalArgumentException if it is cut short
     */
    public static GtidSet read(byte[] bytes, int from, int end) {
        return new PreviousGtids(bytes, from, Math.min(end, bytes.length)).set();
    }

    private GtidSet set() {
        long count = number();
        boolean tagged = count >>> 56 == TAGGED_FORMAT;
        if (tagged) {
            count = count << 8 >>> 16;
        }
        GtidSetBuilder set = new GtidSetBuilder();
        for (long i = 0; i < count; i++) {
            require(16);
            MysqlGtid.Origin origin = new MysqlGtid.Origin(MysqlGtid.uuid(bytes, at), "");
            at += 16;
            if (tagged) {
                origin = new MysqlGtid.Origin(origin.server(), tag());
            }
            intervals(origin, set);
        }
        return set.build();
    }

    private void intervals(MysqlGtid.Origin origin, GtidSetBuilder set) {
        long count = number();
        for (long i = 0; i < count; i++) {
            long first = number();
            long behind = number();
            if (first < 1 || behind <= first) {
                throw new IllegalArgumentException("interval " + first + ".." + behind + " in a GTID list is empty");
            }
            set.add(origin, first, behind - 1);
        }
    }

    /** A tag has at most 32 characters, so its length takes one byte: twice the length. */
    private String tag() {
        require(1);
        int length = (bytes[at] & 0xff) >>> 1;
        require(1 + length);
        at += 1 + length;
        return new String(bytes, at - length, length, StandardCharsets.US_ASCII);
    }

    private long number() {
        require(8);
        at += 8;
        return LittleEndian.unsigned(bytes, at - 8, 8);
    }

    private void require(int more) {
        if (more > end - at) {
            throw new IllegalArgumentException("a list of GTIDs ends too early");
        }
    }
}
