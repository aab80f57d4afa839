package io.mha4j.mysql.apply;

import io.mha4j.binlog.Event;
import io.mha4j.binlog.EventHeader;
import io.mha4j.binlog.EventType;
import io.mha4j.binlog.GtidSet;
import io.mha4j.binlog.Gtids;
import io.mha4j.binlog.LittleEndian;
import io.mha4j.binlog.MariadbGtidEvent;
import io.mha4j.binlog.MariadbGtids;
import io.mha4j.binlog.MysqlGtid;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The events that name a transaction before it begins. */
final class GtidMarks {
    private static final int SEQUENCE_END = EventHeader.BYTES + 42;
    private static final int TIME_BYTES = 7;
    private static final int MARIADB_FLAGS_AT = EventHeader.BYTES + 12;
    private static final int MARIADB_GROUP = 0x02;
    private static final int MARIADB_TRANSACTIONAL = 0x04;

    private final SessionVariables variables;
    private final Optional<Gtids> executed;

    GtidMarks(SessionVariables variables, Optional<Gtids> executed) {
        this.variables = variables;
        this.executed = executed;
    }

    static boolean are(int type) {
        return isMysql(type) || type == EventType.MARIADB_GTID;
    }

    private static boolean isMysql(int type) {
        return type == EventType.GTID || type == EventType.GTID_TAGGED || type == EventType.ANONYMOUS_GTID;
    }

    /**
     * Whether an event belongs to a transaction that the server has. MariaDB writes INCIDENT without a GTID of its own: it
     * belongs to none, and must be met.
     *
     * @param before whether the event before it did
     */
    boolean passesOver(Event event, boolean before) {
        if (are(event.type())) {
            return isExecuted(event);
        }
        boolean alone = event.type() == EventType.INCIDENT
                && executed.filter(MariadbGtids.class::isInstance).isPresent();
        return before && !alone;
    }

    /** Whether the server has the transaction that follows. */
    boolean isExecuted(Event mark) {
        return executed.isPresent() && one(mark).map(executed.get()::covers).orElse(false);
    }

    private static Optional<Gtids> one(Event mark) {
        if (mark.type() == EventType.MARIADB_GTID) {
            return Optional.of(
                    new MariadbGtids(List.of(MariadbGtidEvent.of(mark).gtid())));
        }
        return MysqlGtid.of(mark).map(gtid -> GtidSet.parse(gtid.toString()));
    }

    /** Whether others go on by these identifiers, so that no transaction may get another. */
    boolean areCounted() {
        return executed.isPresent();
    }

    /**
     * Makes the next transaction carry its identifier; answers the statement that opens it, if the mark does that.
     *
     * @param rows whether it begins with row events, or with a table that is made for them
     */
    Optional<String> take(Event mark, boolean rows) {
        if (mark.type() == EventType.MARIADB_GTID) {
            return takeMariadb(mark, rows);
        }
        if (variables.knows("gtid_next")) {
            String next = MysqlGtid.of(mark).map(MysqlGtid::toString).orElse("ANONYMOUS");
            variables.once("@@session.gtid_next", "'" + next + "'");
        }
        if (mark.type() != EventType.GTID_TAGGED && variables.knows("original_commit_timestamp")) {
            takeOrigin(mark);
        }
        return Optional.empty();
    }

    /** When the transaction was committed first, and by which versions (since 8.0.1 and 8.0.14); 0 means unknown. */
    private void takeOrigin(Event mark) {
        byte[] bytes = mark.head();
        int end = (int) mark.lengthWithoutChecksum();
        long committed = 0;
        long immediate = 0;
        long original = 0;
        if (end >= SEQUENCE_END + TIME_BYTES) {
            committed = LittleEndian.unsigned(bytes, SEQUENCE_END, TIME_BYTES);
            int at = SEQUENCE_END + TIME_BYTES;
            if ((committed & 1L << 55) != 0) {
                committed = LittleEndian.unsigned(bytes, at, TIME_BYTES);
                at += TIME_BYTES;
            }
            at = PackedInteger.at(bytes, at).next();
            if (at + 4 <= end) {
                immediate = LittleEndian.unsigned(bytes, at, 4);
                boolean both = (immediate & 1L << 31) != 0;
                immediate &= ~(1L << 31);
                original = both ? LittleEndian.unsigned(bytes, at + 4, 4) : immediate;
            }
        }
        variables.once("@@session.original_commit_timestamp", Long.toString(committed));
        variables.want("original_server_version", original);
        variables.want("immediate_server_version", immediate);
    }

    private Optional<String> takeMariadb(Event mark, boolean rows) {
        MariadbGtidEvent event = MariadbGtidEvent.of(mark);
        if (variables.hasSet("binlog_format")) {
            // A server of statements logs them as rows here if they mix engines, in a transaction more than there was.
            boolean mixed = event.has(MARIADB_TRANSACTIONAL) || (rows && !event.has(MariadbGtidEvent.STANDALONE));
            variables.want("binlog_format", mixed ? "MIXED" : "STATEMENT");
        }
        variables.want("server_id", event.gtid().server());
        variables.want("gtid_domain_id", event.gtid().domain());
        variables.onceLast("@@session.gtid_seq_no", Long.toString(event.gtid().sequence()));
        if (event.has(MariadbGtidEvent.STANDALONE) || event.has(MariadbGtidEvent.COMPLETED_XA)) {
            return Optional.empty();
        }
        return Optional.of(event.has(MariadbGtidEvent.PREPARED_XA) ? "XA START " + xid(mark) : "START TRANSACTION");
    }

    /** Behind the flags, and behind a number of the commit group if there is one. */
    private static String xid(Event mark) {
        byte[] bytes = mark.head();
        int at = MARIADB_FLAGS_AT + 1 + ((bytes[MARIADB_FLAGS_AT] & MARIADB_GROUP) != 0 ? 8 : 0);
        return xid(bytes, at + 6, LittleEndian.unsigned(bytes, at, 4), new int[] {bytes[at + 4], bytes[at + 5]});
    }

    /** The transaction that an XA_PREPARE event prepares, or commits at once. */
    static String xaStatement(Event prepare) {
        byte[] bytes = prepare.head();
        int at = EventHeader.BYTES + 1;
        int[] lengths = {(int) LittleEndian.unsigned(bytes, at + 4, 4), (int) LittleEndian.unsigned(bytes, at + 8, 4)};
        String xid = xid(bytes, at + 12, LittleEndian.unsigned(bytes, at, 4), lengths);
        return bytes[EventHeader.BYTES] == 0 ? "XA PREPARE " + xid : "XA COMMIT " + xid + " ONE PHASE";
    }

    private static String xid(byte[] bytes, int at, long format, int[] lengths) {
        HexFormat hex = HexFormat.of();
        int branch = at + lengths[0];
        return "X'" + hex.formatHex(bytes, at, branch) + "',X'" + hex.formatHex(bytes, branch, branch + lengths[1])
                + "'," + format;
    }
}
