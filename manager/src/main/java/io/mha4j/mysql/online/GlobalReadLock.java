package io.mha4j.mysql.online;

import io.mha4j.base.Deadline;
import io.mha4j.mysql.ServerSession;
import io.mha4j.mysql.Sql;
import java.time.Duration;

/**
 * The global read lock of one session, which ends with the session. Stops everybody, {@code SUPER} too; commits wait
 * until it is given back.
 */
public final class GlobalReadLock {
    private static final Sql LOCK = Sql.of("FLUSH TABLES WITH READ LOCK");
    private static final Sql UNLOCK = Sql.of("UNLOCK TABLES");
    private static final Sql FLUSH = Sql.of("FLUSH NO_WRITE_TO_BINLOG TABLES");

    private final ServerSession session;

    public GlobalReadLock(ServerSession session) {
        this.session = session;
    }

    /**
     * Takes it.
     *
     * @param patience how long the server may wait for each of the locks that it needs; whole seconds, at least one
     * @throws io.mha4j.mysql.MysqlException if somebody does not let go in time (error 1205); nothing is locked then
     */
    public void take(Duration patience, Deadline deadline) {
        patiently(LOCK, patience, deadline);
    }

    /** Gives it back; at once a success where this session does not hold it. */
    public void release(Deadline deadline) {
        session.execute(UNLOCK, deadline);
    }

    /** Closes all tables, without a trace in the binary log. */
    public void flushTables(Duration patience, Deadline deadline) {
        patiently(FLUSH, patience, deadline);
    }

    private void patiently(Sql sql, Duration patience, Deadline deadline) {
        session.waitForLocks(patience, deadline);
        session.execute(sql, deadline);
    }
}
