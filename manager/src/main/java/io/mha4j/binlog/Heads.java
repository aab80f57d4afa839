package io.mha4j.binlog;

/** How much of each event a scan keeps. */
final class Heads {
    /** Enough of rows and file blocks to see the table and the flags, of a compressed transaction to see its sizes. */
    private static final int BULK = 48;

    /** Lists of GTIDs are useless unless they are whole. */
    private static final int LISTS = 1 << 28;

    private Heads() {}

    static long bytes(EventHeader header) {
        return Math.min(header.length(), limit(header.type()));
    }

    private static int limit(int type) {
        return switch (type) {
            case EventType.PREVIOUS_GTIDS, EventType.MARIADB_GTID_LIST -> LISTS;
            case EventType.WRITE_ROWS_V1, EventType.UPDATE_ROWS_V1, EventType.DELETE_ROWS_V1 -> BULK;
            case EventType.WRITE_ROWS, EventType.UPDATE_ROWS, EventType.DELETE_ROWS -> BULK;
            case EventType.PARTIAL_UPDATE_ROWS, EventType.TRANSACTION_PAYLOAD -> BULK;
            case EventType.BEGIN_LOAD_QUERY, EventType.APPEND_BLOCK -> BULK;
            default -> EventType.isMariadbCompressedRows(type) ? BULK : Event.HEAD_LIMIT;
        };
    }
}
