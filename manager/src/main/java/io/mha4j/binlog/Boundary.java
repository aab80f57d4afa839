package io.mha4j.binlog;

import java.util.Locale;

/** What an event does to the transaction around it (MySQL source: {@code Log_event::starts_group}, {@code ends_group}). */
enum Boundary {
    /** Names the transaction that follows, up to its commit or, if no BEGIN comes, its one statement. */
    MARK,
    /** As MARK, but what follows ends with a commit even without a BEGIN (MariaDB). */
    MARK_OF_GROUP,
    /** Opens a transaction that ends with a commit or rollback. */
    BEGIN,
    /** Belongs to a transaction and never ends it. */
    PART,
    /** Prepares a statement: opens, if nothing is open, one that ends with its statement. */
    PREPARATION,
    /** Ends the transaction unless it was opened by a BEGIN. */
    STATEMENT,
    /** Ends the transaction in any case. */
    END,
    /** Stands outside of transactions, or does not matter to them. */
    NONE;

    /** Longer than any keyword that is looked for. */
    private static final int KEYWORDS = 16;

    static Boundary of(Event event) {
        return switch (event.type()) {
            case EventType.GTID, EventType.ANONYMOUS_GTID, EventType.GTID_TAGGED -> MARK;
            case EventType.MARIADB_GTID ->
                MariadbGtidEvent.of(event).has(MariadbGtidEvent.STANDALONE) ? MARK : MARK_OF_GROUP;
            case EventType.QUERY, EventType.MARIADB_QUERY_COMPRESSED -> ofStatement(event);
            case EventType.XID, EventType.XA_PREPARE, EventType.TRANSACTION_PAYLOAD, EventType.INCIDENT -> END;
            case EventType.INTVAR, EventType.RAND, EventType.USER_VAR -> PREPARATION;
            case EventType.BEGIN_LOAD_QUERY, EventType.APPEND_BLOCK -> PREPARATION;
            case EventType.EXECUTE_LOAD_QUERY, EventType.DELETE_FILE -> STATEMENT;
            case EventType.FORMAT_DESCRIPTION, EventType.ROTATE, EventType.STOP -> NONE;
            case EventType.PREVIOUS_GTIDS, EventType.HEARTBEAT, EventType.HEARTBEAT_V2, EventType.IGNORABLE -> NONE;
            case EventType.MARIADB_GTID_LIST, EventType.MARIADB_CHECKPOINT -> NONE;
            default -> PART;
        };
    }

    private static Boundary ofStatement(Event event) {
        String text = QueryEvent.beginning(event, KEYWORDS).toUpperCase(Locale.ROOT);
        if (text.equals("BEGIN") || text.startsWith("XA START")) {
            return BEGIN;
        }
        if (text.equals("COMMIT") || text.startsWith("XA COMMIT") || text.startsWith("XA ROLLBACK")) {
            return END;
        }
        if (text.startsWith("ROLLBACK")) {
            return text.startsWith("ROLLBACK TO") ? PART : END;
        }
        return text.startsWith("SAVEPOINT") ? PART : STATEMENT;
    }
}
