package io.mha4j.cli.rescue;

import io.mha4j.binlog.Event;
import io.mha4j.binlog.EventType;
import io.mha4j.binlog.MariadbGtidEvent;
import io.mha4j.binlog.MysqlGtid;
import io.mha4j.binlog.PreviousGtids;
import io.mha4j.binlog.QueryEvent;
import io.mha4j.binlog.RotateEvent;

/** What an event is about, in a few words for a person. */
final class EventWords {
    private static final int LONGEST = 200;

    private EventWords() {}

    /** The transaction's identifier if this event names it; otherwise empty. */
    static String gtid(Event event) {
        try {
            return event.type() == EventType.MARIADB_GTID
                    ? MariadbGtidEvent.of(event).gtid().toString()
                    : MysqlGtid.of(event).map(MysqlGtid::toString).orElse("");
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** A statement that is no BEGIN or COMMIT; otherwise empty. */
    static String statement(Event event) {
        try {
            if (!QueryEvent.is(event.type())) {
                return "";
            }
            String text = shortened(QueryEvent.of(event).textAsString());
            return text.equals("BEGIN") || text.equals("COMMIT") ? "" : text;
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** All that can be said in a line; empty where it is only bytes. */
    static String about(Event event) {
        try {
            return switch (event.type()) {
                case EventType.QUERY, EventType.MARIADB_QUERY_COMPRESSED -> {
                    QueryEvent query = QueryEvent.of(event);
                    yield query.databaseAsString() + ": " + shortened(query.textAsString());
                }
                case EventType.ROTATE -> {
                    RotateEvent rotate = RotateEvent.of(event);
                    yield rotate.file() + ":" + rotate.position();
                }
                case EventType.PREVIOUS_GTIDS -> PreviousGtids.of(event).toString();
                case EventType.MARIADB_GTID_LIST -> MariadbGtidEvent.list(event).toString();
                case EventType.FORMAT_DESCRIPTION -> event.format().toString();
                default -> gtid(event);
            };
        } catch (IllegalArgumentException e) {
            return "not as it should be: " + e.getMessage();
        }
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }
}
