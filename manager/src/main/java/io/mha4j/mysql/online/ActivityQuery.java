package io.mha4j.mysql.online;

import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import io.mha4j.base.Sleeper;
import io.mha4j.mysql.MysqlException;
import io.mha4j.mysql.Row;
import io.mha4j.mysql.ServerSession;
import io.mha4j.mysql.Sql;
import io.mha4j.topology.details.Activity;
import io.mha4j.topology.details.Activity.Session;
import io.mha4j.topology.details.Activity.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Asks a server what it is busy with. Changes nothing. */
public final class ActivityQuery {
    private static final Sql PROCESSES = Sql.of("SHOW FULL PROCESSLIST");
    private static final Sql TRANSACTIONS = Sql.of("SELECT trx_mysql_thread_id AS connection,"
            + " TIMESTAMPDIFF(SECOND, trx_started, NOW()) AS age, trx_rows_modified AS changed"
            + " FROM information_schema.INNODB_TRX WHERE trx_rows_modified > 0 AND trx_mysql_thread_id > 0");
    private static final Sql PREPARED = Sql.of("XA RECOVER");

    /** Granted locks that stop writers or DDL of the whole server; instrumented by default from MySQL 8.0 on. */
    private static final Sql LOCKS = Sql.of("SELECT t.PROCESSLIST_ID AS connection, l.OBJECT_TYPE AS what,"
            + " t.PROCESSLIST_USER AS user, t.PROCESSLIST_HOST AS place"
            + " FROM performance_schema.metadata_locks l JOIN performance_schema.threads t"
            + " ON t.THREAD_ID = l.OWNER_THREAD_ID WHERE l.LOCK_STATUS = 'GRANTED' AND l.LOCK_TYPE = 'SHARED'"
            + " AND l.OBJECT_TYPE IN ('GLOBAL', 'BACKUP LOCK') AND t.PROCESSLIST_ID <> CONNECTION_ID()");

    /** Off by default before MySQL 8.0. */
    private static final Sql TELLS_LOCKS = Sql.of("SELECT 1 FROM performance_schema.setup_instruments"
            + " WHERE NAME = 'wait/lock/metadata/sql/mdl' AND ENABLED = 'YES'");

    /** What those wait in whom somebody's global or backup lock stops, in the words of all versions. */
    private static final Set<String> WAITS =
            Set.of("Waiting for global read lock", "Waiting for backup lock", "Waiting for commit lock");

    private static final Set<String> SYSTEM = Set.of("system user", "event_scheduler");
    /** ER_NO_SUCH_TABLE, ER_BAD_DB_ERROR, ER_UNKNOWN_TABLE: this version has no such list. */
    private static final Set<Integer> NO_SUCH_LIST = Set.of(1146, 1049, 1109);

    /** ER_XAER_RMERR: MySQL's answer to XA RECOVER without XA_RECOVER_ADMIN, from 8.0 on; to any other statement it tells of damage. */
    private static final int MAY_NOT_RECOVER = 1401;

    private final ServerSession session;
    private final Sleeper sleeper;

    public ActivityQuery(ServerSession session, Sleeper sleeper) {
        this.session = session;
        this.sleeper = sleeper;
    }

    /**
     * Asks now. What our account may not see counts as absent.
     *
     * @param ours    further connections that are our own
     * @param patience how long a prepared transaction may take to end before it counts
     */
    public Activity ask(Set<Long> ours, Duration patience, Deadline deadline) {
        List<Session> sessions =
                sessions(deadline).stream().filter(s -> !ours.contains(s.id())).toList();
        return new Activity(sessions, transactions(deadline), prepared(patience, deadline), locks(sessions, deadline));
    }

    /** Numbers of clients' connections that wait for somebody's global read lock. */
    public List<Long> waitingForLock(Deadline deadline) {
        return sessions(deadline).stream()
                .filter(s -> s.busy() && WAITS.contains(s.state()))
                .map(Session::id)
                .toList();
    }

    /** Those of clients, without ours. */
    public List<Session> sessions(Deadline deadline) {
        return session.query(PROCESSES, deadline).stream()
                .map(ActivityQuery::session)
                .filter(s -> s.id() != session.connectionId())
                .filter(s -> !SYSTEM.contains(s.user()) && !s.command().startsWith("Binlog Dump"))
                .filter(s -> !s.command().equals("Daemon"))
                .toList();
    }

    private static Session session(Row row) {
        return new Session(
                row.number("Id"),
                row.textOrEmpty("User"),
                row.textOrEmpty("Host"),
                row.textOrEmpty("Command"),
                // MariaDB's is negative for a moment when the clock was set.
                Duration.ofSeconds(Math.max(0, row.number("Time"))),
                row.textOrEmpty("State"),
                row.textOrEmpty("Info"));
    }

    private List<Transaction> transactions(Deadline deadline) {
        return rows(TRANSACTIONS, deadline).stream()
                .map(row -> new Transaction(
                        row.number("connection"),
                        Duration.ofSeconds(Math.max(0, row.number("age"))),
                        row.number("changed")))
                .toList();
    }

    /** Those that are there at both ends of the time: an application that ends them by itself is in nobody's way. */
    private List<String> prepared(Duration patience, Deadline deadline) {
        List<String> before = preparedNow(deadline);
        if (before.isEmpty()) {
            return before;
        }
        try {
            sleeper.sleep(patience);
        } catch (InterruptedException e) {
            throw InterruptedWork.during("looking at prepared transactions", e);
        }
        List<String> after = preparedNow(deadline);
        return before.stream().filter(after::contains).toList();
    }

    /** Whether our account may ask for prepared transactions; on MySQL from 8.0 on it needs {@code XA_RECOVER_ADMIN}. */
    public boolean seesPrepared(Deadline deadline) {
        return preparedIfPermitted(deadline).isPresent();
    }

    /** Whether somebody who holds a lock of the whole server is seen although nobody waits for it; MariaDB has other words for these. */
    public boolean seesLocks(Deadline deadline) {
        return !session.version().isMariadb() && !rows(TELLS_LOCKS, deadline).isEmpty();
    }

    /** Names of all prepared transactions; none where our account may not ask. */
    public List<String> preparedNow(Deadline deadline) {
        return preparedIfPermitted(deadline).orElse(List.of()).stream()
                .map(row -> row.textOrEmpty("data").replaceAll("[^\\p{Graph} ]", "?"))
                .toList();
    }

    private Optional<List<Row>> preparedIfPermitted(Deadline deadline) {
        try {
            return session.queryIfPermitted(PREPARED, deadline);
        } catch (MysqlException e) {
            if (e.errorCode() == MAY_NOT_RECOVER) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private List<String> locks(List<Session> sessions, Deadline deadline) {
        List<String> found = new ArrayList<>(rows(LOCKS, deadline).stream()
                .map(row -> "connection %d of '%s'@'%s' holds the %s"
                        .formatted(
                                row.number("connection"),
                                row.textOrEmpty("user"),
                                row.textOrEmpty("place"),
                                row.textOrEmpty("what").equals("GLOBAL") ? "global read lock" : "backup lock"))
                .toList());
        sessions.stream()
                .filter(s -> s.busy() && WAITS.contains(s.state()))
                .map(s -> "connection " + s.id() + " says: " + s.state())
                .forEach(found::add);
        return found;
    }

    private List<Row> rows(Sql sql, Deadline deadline) {
        try {
            return session.query(sql, deadline);
        } catch (MysqlException e) {
            return Optional.of(e)
                    .filter(x -> x.kind() == MysqlException.Kind.PRIVILEGE || NO_SUCH_LIST.contains(x.errorCode()))
                    .map(x -> List.<Row>of())
                    .orElseThrow(() -> e);
        }
    }
}
