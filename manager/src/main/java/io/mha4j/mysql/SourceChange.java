package io.mha4j.mysql;

import io.mha4j.base.Deadline;
import io.mha4j.binlog.Gtids;
import io.mha4j.mysql.SourceTarget.Start;
import io.mha4j.topology.ReplicaStatus;
import java.util.Optional;

/** Points one channel at another source and checks that it took hold. */
final class SourceChange {
    private static final Sql RELAY_LOG_PURGE = Sql.of("SELECT @@global.relay_log_purge");
    private static final Sql KEEP_RELAY_LOGS = Sql.of("SET GLOBAL relay_log_purge=0");

    /** ER_MTS_CHANGE_MASTER_CANT_RUN_WITH_GAPS. */
    private static final int WORKERS_LEFT_GAPS = 1802;

    private final ServerSession session;
    private final String channel;

    SourceChange(ServerSession session, String channel) {
        this.session = session;
        this.channel = channel;
    }

    /** Answers what the channel looks like then. */
    ReplicaStatus to(SourceTarget target, ReplicationControl control, Deadline deadline) {
        Dialect dialect = session.dialect();
        control.stopReplication(deadline);
        Optional<ReplicaStatus> before = control.status(deadline);
        boolean keepsRelayLogs = keepsRelayLogs(deadline);
        if (target.start() instanceof Start.AutoPosition && !session.knowsGtids(deadline)) {
            throw MysqlException.notAsAsked(
                    session.server(), "positioning by GTID", "it gives transactions no GTIDs (gtid_mode)");
        }
        if (before.isPresent() && target.start() instanceof Start.AutoPosition) {
            correctResumePoint(before.get(), deadline);
        }
        Sql change = dialect.change(channel, target, before);
        change(change, target, deadline);
        if (keepsRelayLogs && !keepsRelayLogs(deadline)) {
            session.execute(KEEP_RELAY_LOGS, deadline);
        }
        return verified(change, target, control.status(deadline));
    }

    /**
     * CHANGE discards relay logs by itself. It refuses when parallel workers left gaps; GTIDs close them, so that a reset may
     * hide them then. Not before it is needed: a crash between the two leaves a replica that follows nobody.
     */
    private void change(Sql change, SourceTarget target, Deadline deadline) {
        try {
            session.execute(change, deadline);
        } catch (MysqlException e) {
            if (e.errorCode() != WORKERS_LEFT_GAPS || !(target.start() instanceof Start.AutoPosition)) {
                throw e;
            }
            session.execute(session.dialect().clear(channel), deadline);
            session.execute(change, deadline);
        }
    }

    private void correctResumePoint(ReplicaStatus before, Deadline deadline) {
        Gtids executed = session.executed(deadline)
                .orElseThrow(() -> MysqlException.notAsAsked(
                        session.server(),
                        "positioning by GTID",
                        "what it has executed cannot be told (log_slave_updates is off); let it execute all that it"
                                + " received first"));
        session.dialect().correctResumePoint(before, executed).forEach(sql -> session.execute(sql, deadline));
    }

    private boolean keepsRelayLogs(Deadline deadline) {
        return session.value(RELAY_LOG_PURGE, deadline).filter("0"::equals).isPresent();
    }

    private ReplicaStatus verified(Sql change, SourceTarget target, Optional<ReplicaStatus> found) {
        ReplicaStatus status =
                found.orElseThrow(() -> notAsAsked(change, "the server does not replicate; look into its error log"));
        if (!status.sourceHost().equals(target.host())
                || status.sourcePort() != target.port()
                || !status.user().equals(target.user())) {
            throw notAsAsked(
                    change, "its source is " + status.user() + "@" + status.sourceHost() + ":" + status.sourcePort());
        }
        if (status.autoPosition() != target.start() instanceof Start.AutoPosition) {
            throw notAsAsked(change, "auto-positioning is " + (status.autoPosition() ? "on" : "off"));
        }
        if (target.start() instanceof Start.FilePosition from && !status.read().equals(Optional.of(from.position()))) {
            throw notAsAsked(change, "it would read from " + status.read());
        }
        return status;
    }

    private MysqlException notAsAsked(Sql change, String sentence) {
        return MysqlException.notAsAsked(session.server(), change.shown(), sentence);
    }
}
