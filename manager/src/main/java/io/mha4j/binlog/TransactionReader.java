package io.mha4j.binlog;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells whole transactions in the events of one file, from a boundary between transactions on. Knows every way in which
 * MySQL from 5.5 on and MariaDB begin and end them. Not for several threads.
 */
public final class TransactionReader implements EventSink {
    private static final int INCIDENT_TEXT_AT = 3;

    private final GtidSetBuilder mysqlGtids = new GtidSetBuilder();
    private final SortedMap<Long, MariadbGtids.Gtid> mariadbGtids = new TreeMap<>();
    private boolean mysqlMarked;

    private @Nullable Event mark;
    private boolean open;
    private boolean untilCommit;
    private long openEvents;
    private boolean anything;
    private long whole;
    private long endOfLastWhole;
    private @Nullable Incident incident;
    private @Nullable Gtids before;

    /**
     * The source says that its log lacks changes. Nobody may apply the log silently.
     *
     * @param offset  where the event begins
     * @param message the source's words
     */
    public record Incident(long offset, int number, String message) {}

    @Override
    public void event(Event event) {
        accept(event);
    }

    /**
     * Takes the next event of the file.
     *
     * @throws IllegalArgumentException if the event is too short for its type, which only a faulty writer makes
     */
    public void accept(Event event) {
        if (!anything) {
            anything = true;
            endOfLastWhole = event.offset();
        }
        look(event);
        if (open) {
            openEvents++;
        } else {
            endOfLastWhole = event.endOffset();
        }
    }

    /** Whether a transaction is open behind the last event; the mark before a transaction opens it. */
    public boolean open() {
        return open;
    }

    /** Events of the open transaction, 0 if none is open. */
    public long openEvents() {
        return openEvents;
    }

    /** How many transactions are whole; a statement outside of BEGIN and COMMIT is one. */
    public long whole() {
        return whole;
    }

    /**
     * Offset behind the last whole transaction, or behind the last event that stands outside of transactions; before
     * the first event 0.
     */
    public long endOfLastWhole() {
        return endOfLastWhole;
    }

    /** The whole transactions that have identifiers; empty if there are none. */
    public Optional<Gtids> gtids() {
        if (!mariadbGtids.isEmpty()) {
            return Optional.of(new MariadbGtids(List.copyOf(mariadbGtids.values())));
        }
        return mysqlMarked ? Optional.of(mysqlGtids.build()) : Optional.empty();
    }

    /** What the file says at its head was written (in a relay log: received) before it; empty if it does not say. */
    public Optional<Gtids> before() {
        return Optional.ofNullable(before);
    }

    /** The first incident among the events. */
    public Optional<Incident> incident() {
        return Optional.ofNullable(incident);
    }

    private void look(Event event) {
        switch (Boundary.of(event)) {
            case MARK -> begin(event, false);
            case MARK_OF_GROUP -> begin(event, true);
            case BEGIN, PART -> {
                open = true;
                untilCommit = true;
            }
            case PREPARATION -> open = true;
            case STATEMENT -> statement(event);
            case END -> end(event);
            case NONE -> outside(event);
        }
    }

    /** A transaction that is open still was given up by its sender, who then began anew. */
    private void begin(Event event, boolean group) {
        mark = event;
        open = true;
        untilCommit = group;
        openEvents = 0;
    }

    private void statement(Event event) {
        if (!untilCommit && event.type() != EventType.DELETE_FILE) {
            end(event);
        } else if (!untilCommit) {
            close();
        }
    }

    private void end(Event event) {
        if (event.type() == EventType.INCIDENT && incident == null) {
            incident = incident(event);
        }
        if (mark != null) {
            remember(mark);
        }
        whole++;
        close();
    }

    private void close() {
        mark = null;
        open = false;
        untilCommit = false;
        openEvents = 0;
    }

    private void remember(Event named) {
        if (named.type() == EventType.MARIADB_GTID) {
            MariadbGtids.Gtid gtid = MariadbGtidEvent.of(named).gtid();
            mariadbGtids.merge(gtid.domain(), gtid, (a, b) -> a.sequence() > b.sequence() ? a : b);
        } else {
            MysqlGtid.of(named).ifPresent(gtid -> {
                mysqlMarked = true;
                mysqlGtids.add(gtid);
            });
        }
    }

    private void outside(Event event) {
        if (event.type() == EventType.PREVIOUS_GTIDS) {
            before = PreviousGtids.of(event);
        } else if (event.type() == EventType.MARIADB_GTID_LIST) {
            before = MariadbGtidEvent.list(event);
        } else if (open && event.isStart()) {
            close();
        }
    }

    private static Incident incident(Event event) {
        int at = EventHeader.BYTES;
        byte[] head = event.head();
        long end = Math.min(event.lengthWithoutChecksum(), head.length);
        if (end < at + 2) {
            throw new IllegalArgumentException("an INCIDENT event of " + head.length + " bytes is too short");
        }
        int length = end < at + INCIDENT_TEXT_AT ? 0 : head[at + 2] & 0xff;
        length = (int) Math.max(0, Math.min(length, end - at - INCIDENT_TEXT_AT));
        String message = length == 0 ? "" : new String(head, at + INCIDENT_TEXT_AT, length, StandardCharsets.UTF_8);
        return new Incident(event.offset(), (int) LittleEndian.unsigned(head, at, 2), message);
    }
}
