package io.mha4j.mysql.apply;

import io.mha4j.archive.EventCursor;
import io.mha4j.base.Deadline;
import io.mha4j.base.MhaException;
import io.mha4j.binlog.Gtids;
import io.mha4j.mysql.ServerSession;
import io.mha4j.topology.ReplicaStatus;
import io.mha4j.topology.ServerFacts;
import java.util.Optional;

/**
 * Applies rescued events to a server over SQL, where the server cannot fetch them as a replica. The server's own
 * replication must be stopped; its filters, delays and skipped errors are not honoured. Events are logged under the
 * identifiers that they had at the source. For one thread.
 *
 * <p>The account needs, besides all rights on the data: SUPER before MySQL 8.0; {@code BINLOG_ADMIN} or {@code
 * REPLICATION_APPLIER}, {@code SESSION_VARIABLES_ADMIN}, {@code SYSTEM_VARIABLES_ADMIN}, {@code CONNECTION_ADMIN} and the
 * right to set definers from then on; {@code BINLOG REPLAY}, {@code BINLOG ADMIN} and {@code READ_ONLY ADMIN} on MariaDB.
 */
public final class EventApplier {
    private final ServerSession server;
    private final ApplyOptions options;

    /** @param server only asked; events go over a login of their own */
    public EventApplier(ServerSession server, ApplyOptions options) {
        this.server = server;
        this.options = options;
    }

    /**
     * Applies everything from the cursor's place on. {@code super_read_only}, {@code max_allowed_packet} and {@code
     * local_infile} are changed where they are in the way and put back, also when applying fails; that this failed is no
     * failure but told in the result. On MariaDB {@code gtid_slave_pos} is moved to what was applied.
     *
     * <p>Temporary tables live as long as the call: events behind a failure that need one cannot be applied by another
     * call, only together with those that make it.
     *
     * @param executed GTIDs of transactions that are left out because the server has them; empty: none is left out
     * @throws ApplyException if an event cannot be applied; all whole transactions before it are committed
     * @throws io.mha4j.mysql.MysqlException if the server could not be made ready
     */
    public Applied apply(EventCursor events, Optional<Gtids> executed, Progress progress, Deadline deadline) {
        ServerFacts facts = server.facts(deadline);
        facts.replication().forEach(this::requireStopped);
        TargetGlobals globals = TargetGlobals.change(server, facts, deadline);
        try {
            Applied applied = apply(globals, events, executed, progress, deadline);
            return applied.leaving(
                    globals.left().stream().map(MhaException::getMessage).toList());
        } catch (MhaException e) {
            globals.left().forEach(e::addSuppressed);
            throw e;
        }
    }

    private Applied apply(
            TargetGlobals globals, EventCursor events, Optional<Gtids> executed, Progress progress, Deadline deadline) {
        try (globals;
                ApplySession session = ApplySession.open(globals, options, deadline)) {
            ApplyRun run = new ApplyRun(session, new GtidMarks(session.variables(), executed), progress);
            try {
                Applied applied = applyAll(run, events, session, progress);
                progress.done();
                return applied;
            } finally {
                globals.applied(run.gtids());
            }
        }
    }

    private static Applied applyAll(ApplyRun run, EventCursor events, ApplySession session, Progress progress) {
        try {
            return run.all(events);
        } catch (MhaException e) {
            try {
                if (session.rollBack()) {
                    progress.undone(run.reached(), run.leavesTemporaryTables());
                }
            } catch (MhaException untold) {
                e.addSuppressed(untold);
            }
            throw e;
        }
    }

    private void requireStopped(ReplicaStatus channel) {
        boolean receiverMatters = server.version().isMariadb();
        if (channel.applier().running()
                || (receiverMatters && channel.receiver().running())) {
            throw server.notAsAsked(
                    "apply events",
                    "its own replication" + (channel.channel().isEmpty() ? "" : " '" + channel.channel() + "'")
                            + " is running; stop it first");
        }
    }
}
