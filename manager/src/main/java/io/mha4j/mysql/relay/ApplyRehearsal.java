package io.mha4j.mysql.relay;

import io.mha4j.base.Deadline;
import io.mha4j.mysql.MysqlException;
import io.mha4j.mysql.ServerSession;
import io.mha4j.mysql.Sql;
import java.util.List;

/**
 * Proves that an account could apply events: makes a table in schema {@code mysql}, changes it, drops it, all unlogged. The
 * table's name is MHA 0.58's.
 */
public final class ApplyRehearsal {
    private static final String TABLE = "mysql.apply_diff_relay_logs_test";
    private static final Sql SUPER_READ_ONLY = Sql.of("SHOW GLOBAL VARIABLES LIKE 'super_read_only'");
    private static final List<String> STATEMENTS = List.of(
            "SET sql_log_bin=0",
            "CREATE TABLE IF NOT EXISTS " + TABLE + "(id int)",
            "INSERT INTO " + TABLE + " VALUES(1)",
            "UPDATE " + TABLE + " SET id=id+1 WHERE id=1",
            "DELETE FROM " + TABLE,
            "DROP TABLE " + TABLE);

    private final ServerSession session;

    public ApplyRehearsal(ServerSession session) {
        this.session = session;
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
        if (readOnly) {
            session.execute(Sql.of("SET GLOBAL super_read_only=OFF"), deadline);
        }
        try {
            STATEMENTS.forEach(text -> session.execute(Sql.of(text), deadline));
        } finally {
            if (readOnly) {
                session.execute(Sql.of("SET GLOBAL super_read_only=ON"), deadline);
            }
        }
    }
}
