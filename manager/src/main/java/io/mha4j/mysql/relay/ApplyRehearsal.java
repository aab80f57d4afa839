package io.mha4j.mysql.relay;

import io.mha4j.base.Deadline;
import io.mha4j.mysql.MysqlException;
import io.mha4j.mysql.ServerSession;
import io.mha4j.mysql.Sql;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * Proves that an account could apply events: makes a table in schema {@code mysql}, changes it, drops it, all unlogged. The
 * table's name is MHA 0.58's.
 */
public final class ApplyRehearsal {
    private static final String TABLE = "mysql.apply_diff_relay_logs_test";
    private static final Sql SUPER_READ_ONLY = Sql.of("SHOW GLOBAL VARIABLES LIKE 'super_read_only'");
    private static final List<String> STATEMENTS = List.of(
            "SET sql_log_bin=0",
            "CREATE TABLE IF NOT EXISTS " + TABLE + "(id int PRIMARY KEY)",
            "INSERT INTO " + TABLE + " VALUES(1)",
            "UPDATE " + TABLE + " SET id=id+1 WHERE id=1",
            "DELETE FROM " + TABLE,
            "DROP TABLE " + TABLE);

    private static final Sql WRITABLE = Sql.of("SET GLOBAL super_read_only=OFF");
    private static final Sql CLOSED = Sql.of("SET GLOBAL super_read_only=ON");

    /** A backup may hold what a table is made under; what waits for that longer than we do is left behind on the server. */
    private static final Duration FOR_LOCKS = Duration.ofSeconds(5);

    private static final Duration FOR_RESTORING = Duration.ofSeconds(20);

    private final ServerSession session;
    private final Function<Deadline, ServerSession> another;

    /** @param another opens one more session, for when this one breaks */
    public ApplyRehearsal(ServerSession session, Function<Deadline, ServerSession> another) {
        this.session = session;
        this.another = another;
    }

    /** Whether even this account may not write; false where the server does not know the variable. */
    public boolean isSuperReadOnly(Deadline deadline) {
        return session.query(SUPER_READ_ONLY, deadline).stream()
                .anyMatch(row -> row.textOrEmpty("Value").equals("ON"));
    }

    /**
     * Writes; where {@code super_read_only} is on it is off for that time.
     *
     * @throws MysqlException if the account may not, with the statement
     */
    public void write(Deadline deadline) {
        boolean readOnly = isSuperReadOnly(deadline);
        session.waitForLocks(FOR_LOCKS, deadline);
        try {
            if (readOnly) {
                session.execute(WRITABLE, deadline);
            }
            STATEMENTS.forEach(text -> session.execute(Sql.of(text), deadline));
        } catch (MysqlException e) {
            if (readOnly) {
                closeAgain(e, deadline);
            }
            throw e;
        }
        if (readOnly) {
            closeAgain(deadline);
        }
    }

    private void closeAgain(Deadline deadline) {
        try {
            close(session, deadline);
        } catch (MysqlException e) {
            closeByAnother(e, within(deadline));
            throw e;
        }
    }

    private void closeAgain(MysqlException failure, Deadline deadline) {
        try {
            close(session, within(deadline));
        } catch (MysqlException e) {
            closeByAnother(failure, within(deadline));
        }
    }

    /** The deadline itself may be what has failed. */
    private static Deadline within(Deadline deadline) {
        return Deadline.in(FOR_RESTORING, deadline.ticks());
    }

    private void closeByAnother(MysqlException failure, Deadline deadline) {
        try (ServerSession other = another.apply(deadline)) {
            close(other, deadline);
        } catch (MysqlException e) {
            failure.addSuppressed(e);
        }
    }

    /** It waits for the statements that run. */
    private static void close(ServerSession by, Deadline deadline) {
        by.waitForLocks(deadline.remaining(), deadline);
        by.execute(CLOSED, deadline);
    }
}
