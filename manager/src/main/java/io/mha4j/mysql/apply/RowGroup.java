package io.mha4j.mysql.apply;

import io.mha4j.binlog.Event;
import io.mha4j.binlog.EventHeader;
import io.mha4j.binlog.EventType;
import io.mha4j.binlog.LittleEndian;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Collects the row events of one statement of the source for {@code BINLOG}. A group that grows too large is sent in
 * parts: each begins with the table maps and ends with an event that says "end of statement", as each group must, or the
 * server would leave its tables locked.
 */
final class RowGroup {
    private static final int TABLE_ID_BYTES = 6;
    private static final int STATEMENT_END = 0x0001;
    /** A multiple of three, so that the pieces join without padding between them. */
    private static final int PIECE = 3 << 14;

    private static final byte[] BEGIN = Statement.bytes("BINLOG '");

    private final long limit;
    private final long packet;
    private final List<Event> maps = new ArrayList<>();
    private final List<Event> rows = new ArrayList<>();
    private long size;

    /**
     * @param limit  bytes of events from which on a part is sent; one event may be larger
     * @param packet bytes that one statement may have
     */
    RowGroup(long limit, long packet) {
        this.limit = limit;
        this.packet = packet;
    }

    /** Whether this type belongs into a group. */
    static boolean holds(int type) {
        return type == EventType.TABLE_MAP || isRows(type);
    }

    private static boolean isRows(int type) {
        return (type >= EventType.WRITE_ROWS_V1 && type <= EventType.DELETE_ROWS_V1)
                || (type >= EventType.WRITE_ROWS && type <= EventType.DELETE_ROWS)
                || type == EventType.PARTIAL_UPDATE_ROWS;
    }

    /** Whether nothing waits to be sent. */
    boolean isEmpty() {
        return rows.isEmpty() && maps.isEmpty();
    }

    /** Lets go of what waits. */
    void forget() {
        maps.clear();
        rows.clear();
        size = 0;
    }

    /** Adds an event; answers the statement that is to be sent now, if any. */
    Optional<Statement> add(Event event) {
        if (event.type() == EventType.TABLE_MAP) {
            maps.add(event);
            return Optional.empty();
        }
        boolean end = (flags(event) & STATEMENT_END) != 0;
        rows.add(event);
        size += event.header().length();
        if (!end && size < limit) {
            return Optional.empty();
        }
        Statement statement = statement(end ? event : ended(event));
        rows.clear();
        size = 0;
        if (end) {
            maps.clear();
        }
        return Optional.of(statement);
    }

    private static int flags(Event event) {
        return (int) LittleEndian.unsigned(event.head(), EventHeader.BYTES + TABLE_ID_BYTES, 2);
    }

    private static Event ended(Event event) {
        byte[] bytes = event.head().clone();
        LittleEndian.put(bytes, EventHeader.BYTES + TABLE_ID_BYTES, 2, flags(event) | STATEMENT_END);
        Whole.seal(bytes, event.format());
        return Whole.of(bytes, event.offset(), event.format());
    }

    private Statement statement(Event last) {
        List<Event> all = new ArrayList<>(maps);
        all.addAll(rows.subList(0, rows.size() - 1));
        all.add(last);
        requireRoom(all);
        return binlog(all, "BINLOG of " + all.size() + " events, " + tables());
    }

    private void requireRoom(List<Event> events) {
        long length = BEGIN.length + 2L;
        for (Event event : events) {
            length += (event.header().length() + 2) / 3 * 4 + 1;
        }
        if (length > packet) {
            throw new IllegalArgumentException(
                    "the row events of %s take %d bytes as a statement, more than the %d that"
                                    .formatted(tables(), length, packet)
                            + " the server can receive; only replication can carry them");
        }
    }

    private String tables() {
        return String.join(", ", maps.stream().map(RowGroup::table).distinct().toList());
    }

    /** Both names have a length before and a zero behind them. */
    private static String table(Event map) {
        byte[] bytes = map.head();
        int schema = map.bodyAt();
        int table = schema + 2 + bytes[schema];
        return new String(bytes, schema + 1, bytes[schema] & 0xff, StandardCharsets.UTF_8) + "."
                + new String(bytes, table + 1, bytes[table] & 0xff, StandardCharsets.UTF_8);
    }

    /** A statement that makes the server execute these events. */
    static Statement binlog(List<Event> events, String shown) {
        return new Statement(
                shown,
                out -> {
                    out.write(BEGIN);
                    for (Event event : events) {
                        encode(event.head(), out);
                        out.write('\n');
                    }
                    out.write('\'');
                },
                Optional.empty());
    }

    private static void encode(byte[] bytes, OutputStream out) throws IOException {
        for (int at = 0; at < bytes.length; at += PIECE) {
            int length = Math.min(PIECE, bytes.length - at);
            byte[] piece = Arrays.copyOfRange(bytes, at, at + length);
            out.write(Base64.getEncoder().encode(piece));
        }
    }
}
