package io.mha4j.execution.rejoin;

import io.mha4j.base.Deadline;
import io.mha4j.mysql.ServerSession;
import io.mha4j.mysql.SourceControl;
import io.mha4j.mysql.Sql;
import io.mha4j.mysql.details.OwnGrants;
import io.mha4j.report.EventLog;
import java.util.List;

/** Events of a former source. They are disabled on replicas, and enabled where they were made. */
final class OwnEvents {
    private static final Sql ENABLED =
            Sql.of("SELECT COUNT(*) FROM information_schema.EVENTS WHERE STATUS = 'ENABLED'");

    private final ServerSession session;
    private final EventLog log;

    OwnEvents(ServerSession session, EventLog log) {
        this.session = session;
        this.log = log;
    }

    /**
     * Sees to it that none runs: read_only alone does not bind those of the powerful. Where we may not see whether it has
     * some, it is taken to have them.
     *
     * @throws io.mha4j.mysql.MysqlException if the account may not stop them
     */
    void stop(Deadline deadline) {
        SourceControl server = new SourceControl(session);
        if (!server.eventScheduler(deadline).equals("ON")) {
            return;
        }
        boolean sees = OwnGrants.ask(session, deadline).anyOf(List.of("EVENT"));
        boolean has = !session.value(ENABLED, deadline).orElse("0").equals("0");
        if (!has && sees) {
            return;
        }
        if (!has) {
            log.warning(
                    "{}: whether it has events cannot be told, because the account lacks EVENT there; it is taken to have some",
                    session.server());
        }
        server.setEventScheduler(false, deadline);
        log.warning(
                "{}: its events run no more (event_scheduler=OFF until it is started anew; set it in its"
                        + " configuration too, and back if it becomes the master)",
                session.server());
    }
}
