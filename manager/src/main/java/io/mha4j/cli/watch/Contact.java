package io.mha4j.cli.watch;

import io.mha4j.base.Deadline;
import io.mha4j.config.ServerSettings;
import io.mha4j.mysql.ServerSession;
import io.mha4j.mysql.SourceControl;

/** One login to a server, for one look at it. */
interface Contact extends AutoCloseable {
    /** What it is at this moment. */
    Standing standing();

    /** Closes it for writers. */
    void makeReadOnly();

    @Override
    void close();

    /** How a server is reached. */
    @FunctionalInterface
    interface Way {
        /** @throws io.mha4j.mysql.MysqlException if it does not answer, or lets nobody in */
        Contact to(ServerSettings server, Deadline deadline);
    }

    /** Over SQL. */
    static Contact bySql(ServerSettings server, Deadline deadline) {
        return new Sql(ServerSession.open(server, deadline), deadline);
    }

    /** The session ends with it. */
    record Sql(ServerSession session, Deadline deadline) implements Contact {
        @Override
        public Standing standing() {
            return Standing.of(session.facts(deadline));
        }

        @Override
        public void makeReadOnly() {
            new SourceControl(session).setReadOnly(true, deadline);
        }

        @Override
        public void close() {
            session.close();
        }
    }
}
