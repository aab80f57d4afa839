package io.mha4j.mysql.details;

import io.mha4j.base.Deadline;
import io.mha4j.mysql.MysqlException;
import io.mha4j.mysql.Row;
import io.mha4j.mysql.ServerSession;
import io.mha4j.mysql.Sql;
import java.util.List;
import java.util.Optional;

/** Questions that our account may not be allowed to ask. */
final class Permitted {
    private Permitted() {}

    /** The answer; nothing where the privilege is missing. */
    static Optional<List<Row>> rows(ServerSession session, Sql sql, Deadline deadline) {
        try {
            return Optional.of(session.query(sql, deadline));
        } catch (MysqlException e) {
            if (e.kind() == MysqlException.Kind.PRIVILEGE) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
