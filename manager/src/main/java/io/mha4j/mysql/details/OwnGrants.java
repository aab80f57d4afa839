package io.mha4j.mysql.details;

import io.mha4j.base.Deadline;
import io.mha4j.mysql.ServerSession;
import io.mha4j.mysql.Sql;
import io.mha4j.topology.details.Grants;

/** What the account of a session may do, by itself and by its roles. */
public final class OwnGrants {
    private static final Sql ROLE = Sql.of("SELECT CURRENT_ROLE() AS role");

    private OwnGrants() {}

    /** Asks now. MySQL lists what roles give when they are named; MariaDB of its own accord. */
    public static Grants ask(ServerSession session, Deadline deadline) {
        String using = "";
        if (session.version().isMysqlFrom(8, 0, 0)) {
            using = session.value(ROLE, deadline)
                    .filter(role -> !role.equals("NONE"))
                    .map(role -> " USING " + role)
                    .orElse("");
        }
        Sql show = Sql.of(using.isEmpty() ? "SHOW GRANTS" : "SHOW GRANTS FOR CURRENT_USER()" + using);
        return Grants.of(session.query(show, deadline).stream()
                .flatMap(row -> row.first().stream())
                .toList());
    }
}
