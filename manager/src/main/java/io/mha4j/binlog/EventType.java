package io.mha4j.binlog;

import java.util.HashMap;
import java.util.Map;

/** Numbers of binary log events (MySQL source, {@code mysql::binlog::event::Log_event_type}; MariaDB's begin at 160). */
public final class EventType {
    public static final int QUERY = 2;
    public static final int STOP = 3;
    public static final int ROTATE = 4;
    public static final int INTVAR = 5;
    public static final int APPEND_BLOCK = 9;
    public static final int DELETE_FILE = 11;
    public static final int RAND = 13;
    public static final int USER_VAR = 14;
    public static final int FORMAT_DESCRIPTION = 15;
    public static final int XID = 16;
    public static final int BEGIN_LOAD_QUERY = 17;
    public static final int EXECUTE_LOAD_QUERY = 18;
    public static final int TABLE_MAP = 19;
    public static final int WRITE_ROWS_V1 = 23;
    public static final int UPDATE_ROWS_V1 = 24;
    public static final int DELETE_ROWS_V1 = 25;
    public static final int INCIDENT = 26;
    public static final int HEARTBEAT = 27;
    public static final int IGNORABLE = 28;
    public static final int ROWS_QUERY = 29;
    public static final int WRITE_ROWS = 30;
    public static final int UPDATE_ROWS = 31;
    public static final int DELETE_ROWS = 32;
    public static final int GTID = 33;
    public static final int ANONYMOUS_GTID = 34;
    public static final int PREVIOUS_GTIDS = 35;
    public static final int TRANSACTION_CONTEXT = 36;
    public static final int VIEW_CHANGE = 37;
    public static final int XA_PREPARE = 38;
    public static final int PARTIAL_UPDATE_ROWS = 39;
    public static final int TRANSACTION_PAYLOAD = 40;
    public static final int HEARTBEAT_V2 = 41;
    public static final int GTID_TAGGED = 42;
    public static final int MARIADB_ANNOTATE_ROWS = 160;
    public static final int MARIADB_CHECKPOINT = 161;
    public static final int MARIADB_GTID = 162;
    public static final int MARIADB_GTID_LIST = 163;
    public static final int MARIADB_START_ENCRYPTION = 164;
    public static final int MARIADB_QUERY_COMPRESSED = 165;
    public static final int MARIADB_WRITE_ROWS_COMPRESSED_V1 = 166;
    public static final int MARIADB_DELETE_ROWS_COMPRESSED = 171;

    private static final Map<Integer, String> NAMES = names();

    private EventType() {}

    /** The name that {@code SHOW BINLOG EVENTS} resembles, in capitals; {@code type 99} for an unknown number. */
    public static String name(int type) {
        return NAMES.getOrDefault(type, "type " + type);
    }

    /** Rows that MariaDB compressed. */
    public static boolean isMariadbCompressedRows(int type) {
        return type >= MARIADB_WRITE_ROWS_COMPRESSED_V1 && type <= MARIADB_DELETE_ROWS_COMPRESSED;
    }

    private static Map<Integer, String> names() {
        Map<Integer, String> names = new HashMap<>();
        names.put(QUERY, "QUERY");
        names.put(STOP, "STOP");
        names.put(ROTATE, "ROTATE");
        names.put(INTVAR, "INTVAR");
        names.put(APPEND_BLOCK, "APPEND_BLOCK");
        names.put(DELETE_FILE, "DELETE_FILE");
        names.put(RAND, "RAND");
        names.put(USER_VAR, "USER_VAR");
        names.put(FORMAT_DESCRIPTION, "FORMAT_DESCRIPTION");
        names.put(XID, "XID");
        names.put(BEGIN_LOAD_QUERY, "BEGIN_LOAD_QUERY");
        names.put(EXECUTE_LOAD_QUERY, "EXECUTE_LOAD_QUERY");
        names.put(TABLE_MAP, "TABLE_MAP");
        names.put(WRITE_ROWS_V1, "WRITE_ROWS_V1");
        names.put(UPDATE_ROWS_V1, "UPDATE_ROWS_V1");
        names.put(DELETE_ROWS_V1, "DELETE_ROWS_V1");
        names.put(INCIDENT, "INCIDENT");
        names.put(HEARTBEAT, "HEARTBEAT");
        names.put(IGNORABLE, "IGNORABLE");
        names.put(ROWS_QUERY, "ROWS_QUERY");
        names.put(WRITE_ROWS, "WRITE_ROWS");
        names.put(UPDATE_ROWS, "UPDATE_ROWS");
        names.put(DELETE_ROWS, "DELETE_ROWS");
        names.put(GTID, "GTID");
        names.put(ANONYMOUS_GTID, "ANONYMOUS_GTID");
        names.put(PREVIOUS_GTIDS, "PREVIOUS_GTIDS");
        names.put(TRANSACTION_CONTEXT, "TRANSACTION_CONTEXT");
        names.put(VIEW_CHANGE, "VIEW_CHANGE");
        names.put(XA_PREPARE, "XA_PREPARE");
        names.put(PARTIAL_UPDATE_ROWS, "PARTIAL_UPDATE_ROWS");
        names.put(TRANSACTION_PAYLOAD, "TRANSACTION_PAYLOAD");
        names.put(HEARTBEAT_V2, "HEARTBEAT_V2");
        names.put(GTID_TAGGED, "GTID_TAGGED");
        names.put(MARIADB_ANNOTATE_ROWS, "ANNOTATE_ROWS");
        names.put(MARIADB_CHECKPOINT, "CHECKPOINT");
        names.put(MARIADB_GTID, "GTID");
        names.put(MARIADB_GTID_LIST, "GTID_LIST");
        names.put(MARIADB_START_ENCRYPTION, "START_ENCRYPTION");
        names.put(MARIADB_QUERY_COMPRESSED, "QUERY_COMPRESSED");
        names.put(MARIADB_WRITE_ROWS_COMPRESSED_V1, "WRITE_ROWS_COMPRESSED_V1");
        names.put(MARIADB_WRITE_ROWS_COMPRESSED_V1 + 1, "UPDATE_ROWS_COMPRESSED_V1");
        names.put(MARIADB_WRITE_ROWS_COMPRESSED_V1 + 2, "DELETE_ROWS_COMPRESSED_V1");
        names.put(MARIADB_DELETE_ROWS_COMPRESSED - 2, "WRITE_ROWS_COMPRESSED");
        names.put(MARIADB_DELETE_ROWS_COMPRESSED - 1, "UPDATE_ROWS_COMPRESSED");
        names.put(MARIADB_DELETE_ROWS_COMPRESSED, "DELETE_ROWS_COMPRESSED");
        return Map.copyOf(names);
    }
}
