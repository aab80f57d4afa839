package io.mha4j.binlog;

/**
 * The first 19 bytes of an event.
 *
 * @param timestamp seconds since 1970; 0 in events that a sender made up
 * @param type      see {@link EventType}
 * @param serverId  server that wrote the event first
 * @param length    bytes of the whole event, header and checksum included
 * @param end       low 32 bits of the offset behind the event in the log where it was first written; 0 when made up,
 *                  and in MariaDB 11.4 inside of transactions
 * @param flags     see the constants here
 */
public record EventHeader(long timestamp, int type, long serverId, long length, long end, int flags) {
    private static final long WRAP = 1L << 32;

    /** Bytes of a header. */
    public static final int BYTES = 19;

    /** No event is longer: {@code max_allowed_packet} ends at 1 GiB, a header is added. */
    public static final long LENGTH_LIMIT = (1L << 30) + (1 << 16);

    /** Format description only: the file is being written, or its server died. */
    public static final int IN_USE = 0x0001;

    /** Made by a sender; stands in no source's file. */
    public static final int ARTIFICIAL = 0x0020;

    /** Written by a replica into its own relay log. */
    public static final int RELAY_LOG = 0x0040;

    /** A reader that does not know the type may pass it over. */
    public static final int IGNORABLE = 0x0080;

    /**
     * Reads a header.
     *
     * @param bytes at least {@link #BYTES} from {@code at} on
     */
    public static EventHeader parse(byte[] bytes, int at) {
        return new EventHeader(
                LittleEndian.unsigned(bytes, at, 4),
                bytes[at + 4] & 0xff,
                LittleEndian.unsigned(bytes, at + 5, 4),
                LittleEndian.unsigned(bytes, at + 9, 4),
                LittleEndian.unsigned(bytes, at + 13, 4),
                (int) LittleEndian.unsigned(bytes, at + 17, 2));
    }

    /**
     * Offset behind this event in the source's file. The header tells its low 32 bits only, and nothing at all inside of
     * transactions of MariaDB 11.4; the offset behind the event before tells the rest.
     *
     * @param before offset behind the event before, or somewhat less where events were left out
     * @return less than {@code before} plus {@link #length} if a replica stored the event longer than its source did
     */
    public long endBehind(long before) {
        long expected = before + length;
        if (end == 0) {
            return expected;
        }
        long ahead = Math.floorMod(end - expected, WRAP);
        return expected + (ahead < WRAP / 2 ? ahead : ahead - WRAP);
    }

    public boolean has(int flag) {
        return (flags & flag) != 0;
    }
}
