package io.mha4j.feed;

import io.mha4j.archive.EventCursor;
import io.mha4j.binlog.Event;
import io.mha4j.binlog.EventType;
import io.mha4j.binlog.MariadbGtidEvent;
import io.mha4j.binlog.MariadbGtids;
import io.mha4j.binlog.MariadbGtids.Gtid;
import io.mha4j.binlog.RotateEvent;
import java.util.HashSet;
import java.util.Set;

/** Which events of an archive one replica gets. Asked once for each event, in order; for one thread. */
abstract sealed class Choice {
    private static final int HEAD_BYTES = 2048;

    /** Whether the current event is sent. */
    abstract boolean takes(EventCursor at);

    /** The current event's head, as far as the types need that anybody asks here. */
    static Event event(EventCursor at) {
        return new Event(at.header(), at.start(), at.head(HEAD_BYTES), at.format());
    }

    /** Whether a source sends an event at all; what belongs to one file or one sender only is made anew. */
    static boolean isSent(EventCursor at) {
        return switch (at.header().type()) {
            case EventType.FORMAT_DESCRIPTION,
                    EventType.STOP,
                    EventType.PREVIOUS_GTIDS,
                    EventType.HEARTBEAT,
                    EventType.HEARTBEAT_V2 -> false;
            case EventType.ROTATE -> RotateEvent.of(event(at)).kind() == RotateEvent.Kind.REAL;
            default -> true;
        };
    }

    /** Everything. */
    static final class All extends Choice {
        private final boolean annotations;

        /**
         * @param annotations whether the replica wants MariaDB's annotations
         */
        All(boolean annotations) {
            this.annotations = annotations;
        }

        @Override
        boolean takes(EventCursor at) {
            return isSent(at) && (annotations || at.header().type() != EventType.MARIADB_ANNOTATE_ROWS);
        }
    }

    /**
     * What stands behind a MariaDB position, domain by domain: the replica does not pass over what it has. Where the
     * archive holds the very transaction that the replica had last, all up to it is passed over, whatever the sequence
     * numbers; else the sequence number tells.
     */
    static final class Behind extends Choice {
        private final MariadbGtids state;
        private final Choice rest;
        /** Domains whose last transaction is still ahead. */
        private final Set<Long> waiting = new HashSet<>();

        private final Set<Long> exact;
        private boolean passing;

        /**
         * @param ahead domains whose last transaction of the state stands in the archive
         */
        Behind(MariadbGtids state, Set<Long> ahead, Choice rest) {
            this.state = state;
            this.rest = rest;
            exact = Set.copyOf(ahead);
            waiting.addAll(ahead);
        }

        @Override
        boolean takes(EventCursor at) {
            switch (at.header().type()) {
                case EventType.MARIADB_GTID ->
                    passing = has(MariadbGtidEvent.of(event(at)).gtid());
                case EventType.MARIADB_GTID_LIST, EventType.MARIADB_CHECKPOINT, EventType.ROTATE, EventType.INCIDENT ->
                    passing = false;
                default -> {
                    // belongs to the transaction that is being sent or passed over
                }
            }
            return !passing && rest.takes(at);
        }

        private boolean has(Gtid gtid) {
            Gtid last = state.last().get(gtid.domain());
            if (last == null) {
                return false;
            }
            if (!exact.contains(gtid.domain())) {
                return gtid.sequence() <= last.sequence();
            }
            boolean had = waiting.contains(gtid.domain());
            if (gtid.equals(last)) {
                waiting.remove(gtid.domain());
            }
            return had;
        }
    }
}
