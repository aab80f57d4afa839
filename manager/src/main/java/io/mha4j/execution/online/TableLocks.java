package io.mha4j.execution.online;

import io.mha4j.mysql.MysqlException;
import io.mha4j.mysql.ServerSession;
import io.mha4j.mysql.online.ActivityQuery;
import io.mha4j.mysql.online.GlobalReadLock;
import io.mha4j.report.EventLog;
import io.mha4j.topology.details.Activity;
import java.time.Duration;
import java.util.List;

/** Closes or locks all tables of the old source, and tells who is in the way. */
final class TableLocks {
    /** How long the server waits for others to let go of what we lock; whole seconds count. */
    static final Duration PATIENCE = Duration.ofSeconds(2);
    /** Several locks, one after another, and the way there. */
    private static final Duration LOCKING = Duration.ofSeconds(8);

    private static final Duration LOOK = Duration.ofSeconds(5);
    /** The same while nobody can write. */
    private static final Duration GLANCE = Duration.ofSeconds(1);

    /** ER_LOCK_WAIT_TIMEOUT. */
    private static final int NOT_IN_TIME = 1205;
    /** As many are named. */
    private static final int SHOWN = 5;

    private final ServerSession session;
    private final OnlineSteps.Time time;

    TableLocks(ServerSession session, OnlineSteps.Time time) {
        this.session = session;
        this.time = time;
    }

    /**
     * Closes tables. One in use that is not closed in time keeps its new users waiting until its old ones end, and the read lock
     * would wait for them too: the switch ends there.
     */
    String flush(EventLog log) {
        try {
            new GlobalReadLock(session).flushTables(PATIENCE, time.within(LOCKING));
            return "";
        } catch (MysqlException e) {
            if (e.errorCode() == NOT_IN_TIME) {
                throw inTheWay(e, LOOK);
            }
            log.warning("{}; the switch goes on, its read lock may take longer", e.getMessage());
            return "not done";
        }
    }

    void lock() {
        try {
            new GlobalReadLock(session).take(PATIENCE, time.within(LOCKING));
        } catch (MysqlException e) {
            throw e.errorCode() == NOT_IN_TIME ? inTheWay(e, GLANCE) : e;
        }
    }

    private MysqlException inTheWay(MysqlException failure, Duration limit) {
        return session.notAsAsked(failure.statement(), failure.why() + "; " + longest(limit));
    }

    /** Which of them it was no version tells for certain. */
    private String longest(Duration limit) {
        try {
            List<String> older = new ActivityQuery(session, time.sleeper())
                    .sessions(time.within(limit)).stream()
                            .filter(s -> s.busy() && s.time().compareTo(PATIENCE) >= 0)
                            .sorted((one, other) -> other.time().compareTo(one.time()))
                            .limit(SHOWN)
                            .map(Activity.Session::toString)
                            .toList();
            return older.isEmpty()
                    ? "no statement runs that long any more"
                    : "what runs that long: " + String.join("; ", older);
        } catch (MysqlException e) {
            return "what runs that long cannot be told: " + e.why();
        }
    }
}
