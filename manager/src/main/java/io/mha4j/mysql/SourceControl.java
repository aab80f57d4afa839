package io.mha4j.mysql;

import io.mha4j.base.Deadline;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.Gtids;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What makes a server a source or keeps it from being one: its coordinates, whether it takes writes, its event
 * scheduler. Each call checks its result on the server. For one thread at a time, as the session.
 */
public final class SourceControl {
    private static final String READ_ONLY = "read_only";
    /** The stronger one first, which closes the other one with it. */
    private static final List<String> BOTH = List.of("super_read_only", READ_ONLY);
    /** ER_UNKNOWN_SYSTEM_VARIABLE. */
    private static final int UNKNOWN_VARIABLE = 1193;

    /** ER_BAD_DB_ERROR, ER_NO_SUCH_TABLE. */
    private static final Set<Integer> PLACE_MISSING = Set.of(1049, 1146);

    private static final Sql PROOF = Sql.of("INSERT INTO infra.chk_masterha VALUES (1, UNIX_TIMESTAMP())"
            + " ON DUPLICATE KEY UPDATE val = UNIX_TIMESTAMP()");

    private static final Sql EVENT_SCHEDULER = Sql.of("SELECT @@global.event_scheduler");

    private final ServerSession session;

    public SourceControl(ServerSession session) {
        this.session = session;
    }

    /**
     * Where the server's own history ends.
     *
     * @param position {@code SHOW MASTER STATUS}
     * @param executed its executed transactions; absent where it knows no GTIDs or has none
     */
    public record Coordinates(BinlogPosition position, Optional<Gtids> executed) {
        /** As every record's; written out for the reason that {@link io.mha4j.base.ServerId} gives. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Coordinates place
                    && position.equals(place.position)
                    && executed.equals(place.executed);
        }

        @Override
        public int hashCode() {
            return position.hashCode() * 31 + executed.hashCode();
        }
    }

    /**
     * Reads File:Position and the executed GTIDs.
     *
     * @throws MysqlException of kind OUTCOME if the binary log is off
     */
    public Coordinates coordinates(Deadline deadline) {
        BinlogPosition position = binlogStatus(deadline)
                .flatMap(SourceControl::end)
                .orElseThrow(() -> MysqlException.notAsAsked(
                        session.server(),
                        session.dialect().binlogStatus().shown(),
                        "no position; switch its binary log on (log_bin)"));
        return new Coordinates(position, executed(deadline));
    }

    /**
     * Where its own binary log ends; absent where it has none, or not everything goes there: then it does not tell whether
     * something was done.
     */
    public Optional<BinlogPosition> ownEnd(Deadline deadline) {
        return binlogStatus(deadline)
                .filter(row -> row.textOrEmpty("Binlog_Do_DB").isEmpty()
                        && row.textOrEmpty("Binlog_Ignore_DB").isEmpty())
                .flatMap(SourceControl::end);
    }

    private Optional<Row> binlogStatus(Deadline deadline) {
        return session.query(session.dialect().binlogStatus(), deadline).stream()
                .findFirst();
    }

    private static Optional<BinlogPosition> end(Row status) {
        return status.text("File").map(file -> new BinlogPosition(file, status.number("Position")));
    }

    /**
     * The executed transactions; absent where the server knows no GTIDs, has none, or cannot tell them from received
     * ones.
     */
    public Optional<Gtids> executed(Deadline deadline) {
        return session.executed(deadline).filter(gtids -> !gtids.isEmpty());
    }

    /**
     * Sets {@code super_read_only}, where the server knows it, and {@code read_only}, and reads both back. The server
     * itself gives up waiting for other sessions' locks by the deadline, so that nothing takes effect later.
     */
    public void setReadOnly(boolean readOnly, Deadline deadline) {
        List<String> names = knowsSuperReadOnly(deadline) ? BOTH : List.of(READ_ONLY);
        for (String name : names) {
            session.waitForLocks(deadline.remaining(), deadline);
            session.execute(set(name, readOnly), deadline);
        }
        Row found = session.query(state(names), deadline).get(0);
        for (String name : names) {
            String value = found.textOrEmpty(name);
            if (value.isEmpty() || Row.isOn(value) != readOnly) {
                throw MysqlException.notAsAsked(
                        session.server(), set(name, readOnly).shown(), "it is still " + value);
            }
        }
    }

    /** Takes {@code super_read_only} off, where the server knows it; {@code read_only} stays. */
    public void allowSuper(Deadline deadline) {
        if (knowsSuperReadOnly(deadline)) {
            session.execute(set(BOTH.get(0), false), deadline);
        }
    }

    /** MySQL from 5.7.8, and older ones of Percona. */
    private boolean knowsSuperReadOnly(Deadline deadline) {
        if (session.version().isMariadb()) {
            return false;
        }
        if (session.version().isMysqlFrom(5, 7, 8)) {
            return true;
        }
        try {
            session.query(state(BOTH), deadline);
            return true;
        } catch (MysqlException e) {
            if (e.errorCode() == UNKNOWN_VARIABLE) {
                return false;
            }
            throw e;
        }
    }

    private static Sql set(String variable, boolean on) {
        return Sql.of("SET GLOBAL " + variable + "=" + (on ? "ON" : "OFF"));
    }

    /** SLAVESIDE_DISABLED, and REPLICA_SIDE_DISABLED in newer versions. */
    private static final Sql REPLICATED_EVENTS =
            Sql.of("SELECT COUNT(*) AS n FROM information_schema.EVENTS WHERE STATUS LIKE '%SIDE_DISABLED'");

    /** {@code SHOW VARIABLES} would look at all of them: 2 ms in MySQL 8.0, while nobody can write. */
    private static Sql state(List<String> variables) {
        return Sql.of(variables.stream()
                .map(name -> "@@global." + name + " AS " + name)
                .collect(Collectors.joining(", ", "SELECT ", "")));
    }

    /** The server's word: ON, OFF, DISABLED. */
    public String eventScheduler(Deadline deadline) {
        return session.value(EVENT_SCHEDULER, deadline).orElse("OFF");
    }

    /**
     * Switches the event scheduler.
     *
     * @return what it does not run although it is on, in words; empty if there is nothing of that kind
     * @throws MysqlException of kind STATEMENT if it was disabled when the server started
     */
    public String setEventScheduler(boolean on, Deadline deadline) {
        String value = on ? "ON" : "OFF";
        if (!eventScheduler(deadline).equals(value)) {
            Sql sql = Sql.of("SET GLOBAL event_scheduler=" + value);
            session.execute(sql, deadline);
            String found = eventScheduler(deadline);
            if (!found.equals(value)) {
                throw MysqlException.notAsAsked(session.server(), sql.shown(), "it is still " + found);
            }
        }
        String asleep = on ? session.value(REPLICATED_EVENTS, deadline).orElse("0") : "0";
        return asleep.equals("0")
                ? ""
                : asleep + " events came by replication and do not run there before ALTER EVENT ... ENABLE";
    }

    /**
     * Proves that the server takes writes, by MHA's {@code ping_type=INSERT}: one row of {@code infra.chk_masterha}. That is
     * made only where it is missing: backups hold DDL up for hours, on replicas too, while clients write.
     */
    public void proveWritable(Deadline deadline) {
        try {
            session.execute(PROOF, deadline);
        } catch (MysqlException e) {
            if (!PLACE_MISSING.contains(e.errorCode())) {
                throw e;
            }
            session.execute(Sql.of("CREATE DATABASE IF NOT EXISTS infra"), deadline);
            session.execute(
                    Sql.of("CREATE TABLE IF NOT EXISTS infra.chk_masterha (`key` TINYINT NOT NULL PRIMARY KEY,"
                            + " `val` INT(10) UNSIGNED NOT NULL DEFAULT '0') ENGINE=InnoDB"),
                    deadline);
            session.execute(PROOF, deadline);
        }
    }
}
