package io.mha4j.mysql.details;

import io.mha4j.base.Deadline;
import io.mha4j.mysql.Row;
import io.mha4j.mysql.ServerSession;
import io.mha4j.mysql.Sql;
import java.util.List;
import java.util.Optional;

/** The replicas that are connected to a source, as these have registered themselves. */
final class ReplicaList {
    private ReplicaList() {}

    /** Rows with {@code Server_id}, {@code Host} and {@code Port}; empty if the server does not tell our account. */
    static Optional<List<Row>> ask(ServerSession session, Deadline deadline) {
        Sql show = Sql.of(session.version().isMysqlFrom(8, 0, 22) ? "SHOW REPLICAS" : "SHOW SLAVE HOSTS");
        return session.queryIfPermitted(show, deadline);
    }
}
