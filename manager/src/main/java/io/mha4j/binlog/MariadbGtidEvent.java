package io.mha4j.binlog;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * MariaDB's mark before each transaction (knowledge base, "Gtid_log_event").
 *
 * @param flags see the constants here
 */
public record MariadbGtidEvent(MariadbGtids.Gtid gtid, int flags) {
    /** What follows is one statement; without it a transaction that ends with a commit. */
    public static final int STANDALONE = 0x01;

    public static final int DDL = 0x20;
    public static final int PREPARED_XA = 0x40;
    public static final int COMPLETED_XA = 0x80;

    private static final int LIST_ENTRY_BYTES = 16;
    private static final int COUNT_MASK = 0x0fffffff;

    /**
     * @param event of type {@link EventType#MARIADB_GTID}
     * @throws IllegalArgumentException if it is cut short
     */
    public static MariadbGtidEvent of(Event event) {
        int at = EventHeader.BYTES;
        if (event.lengthWithoutChecksum() < at + 13) {
            throw new IllegalArgumentException(
                    "a GTID event of " + event.header().length() + " bytes is too short");
        }
        long sequence = LittleEndian.unsigned(event.head(), at, 8);
        long domain = LittleEndian.unsigned(event.head(), at + 8, 4);
        return new MariadbGtidEvent(
                new MariadbGtids.Gtid(domain, event.header().serverId(), sequence), event.head()[at + 12] & 0xff);
    }

    /**
     * What a GTID_LIST event says: per domain the last transaction before its file.
     *
     * @throws IllegalArgumentException if it is cut short
     */
    public static MariadbGtids list(Event event) {
        int at = EventHeader.BYTES + 4;
        long room = event.lengthWithoutChecksum() - at;
        long count = room < 0 ? 1 : LittleEndian.unsigned(event.head(), EventHeader.BYTES, 4) & COUNT_MASK;
        if (count * LIST_ENTRY_BYTES > room) {
            throw new IllegalArgumentException("a list of GTIDs ends too early");
        }
        SortedMap<Long, MariadbGtids.Gtid> last = new TreeMap<>();
        for (long i = 0; i < count; i++, at += LIST_ENTRY_BYTES) {
            // Servers of one domain stand in the order of writing: the domain's last entry is its last transaction.
            long domain = LittleEndian.unsigned(event.head(), at, 4);
            long server = LittleEndian.unsigned(event.head(), at + 4, 4);
            last.put(domain, new MariadbGtids.Gtid(domain, server, LittleEndian.unsigned(event.head(), at + 8, 8)));
        }
        return new MariadbGtids(List.copyOf(last.values()));
    }

    public boolean has(int flag) {
        return (flags & flag) != 0;
    }
}
