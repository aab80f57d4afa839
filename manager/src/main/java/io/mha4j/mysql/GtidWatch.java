package io.mha4j.mysql;

import io.mha4j.base.Deadline;
import io.mha4j.binlog.Gtids;
import io.mha4j.mysql.Dialect.Threads;
import io.mha4j.mysql.receiver.SourceReach;
import io.mha4j.topology.ReplicaStatus;
import io.mha4j.topology.ReplicaStatus.ThreadState;
import java.time.Duration;
import java.util.Optional;

/** Waits for transactions to be executed, as far as possible inside the server, which wakes us at once. */
final class GtidWatch {
    /** Slices, because the server's own waits do not end when the applier fails. */
    private static final Duration SLICE = Duration.ofSeconds(1);
    /** Below this a wait of whole seconds inside the server could outlast the deadline, which costs the session. */
    private static final Duration NEAR_END = Duration.ofMillis(1500);

    /** How long the source may be out of reach when nothing that was received is left to execute. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ServerSession session;
    private final Gtids gtids;
    private final Duration patience;
    private final boolean anew;
    private final String doing;

    /** @param anew whether another process may have waited before, and left the receiver stopped */
    GtidWatch(ServerSession session, Gtids gtids, Duration patience, boolean anew) {
        this.session = session;
        this.gtids = gtids;
        this.patience = patience;
        this.anew = anew;
        this.doing = "waiting for transactions " + gtids;
    }

    void await(ReplicationControl control, Deadline deadline) {
        if (executed(deadline)) {
            return;
        }
        if (!session.knowsGtids(deadline)) {
            throw MysqlException.notAsAsked(session.server(), doing, "it gives transactions no GTIDs (gtid_mode)");
        }
        if (anew) {
            control.status(deadline).ifPresent(status -> startLeft(status, deadline));
        }
        SourceReach reach = new SourceReach(patience, deadline.ticks());
        AppliedWatch applier = new AppliedWatch(session, deadline);
        while (true) {
            control.status(deadline)
                    .ifPresentOrElse(status -> failIfSenseless(status, reach, applier, deadline), this::failForGood);
            control.tryAgainIfDue(reach, deadline);
            if (deadline.remaining().compareTo(NEAR_END) > 0) {
                session.query(session.dialect().awaitGtids(gtids, SLICE), deadline);
            }
            // The server's word alone is not enough: MariaDB's may count what was only received.
            if (executed(deadline)) {
                return;
            }
            if (!control.pausedForAnotherLook(doing, deadline)) {
                throw MysqlException.notAsAsked(session.server(), doing, "not executed in time");
            }
        }
    }

    /**
     * It was told to try again by one that died between stopping and starting it: the error of the attempt before stands there still.
     * Where the applier stands still too, somebody else stopped both.
     */
    private void startLeft(ReplicaStatus status, Deadline deadline) {
        if (status.receiver().word().equals("No") && status.applier().running()) {
            session.execute(session.dialect().start(status.channel(), Threads.RECEIVER), deadline);
        }
    }

    private boolean executed(Deadline deadline) {
        return session.executed(deadline).map(all -> all.covers(gtids)).orElse(false);
    }

    private void failIfSenseless(ReplicaStatus status, SourceReach reach, AppliedWatch applier, Deadline deadline) {
        if (status.applier().failed()) {
            fail(status.applier());
        }
        // Before the receiver's: a thread that does not run cannot be seen to idle.
        if (!status.applier().running()) {
            throw MysqlException.notAsAsked(session.server(), doing, "its SQL thread is stopped; start it first");
        }
        ThreadState receiver = status.receiver();
        reach.saw(receiver);
        boolean ended = receiver.failed() && receiver.word().equals("No");
        Optional<ThreadState> cutOff = ended ? Optional.of(receiver) : reach.lost();
        if (cutOff.isPresent() && isStuck(status, applier, deadline)) {
            fail(cutOff.get());
        }
        if (receiver.word().equals("No") && !ended && isStuck(status, applier, deadline)) {
            throw MysqlException.notAsAsked(session.server(), doing, "its I/O thread is stopped; start it first");
        }
    }

    private void fail(ThreadState thread) {
        throw MysqlException.ofReplication(session.server(), doing, thread.errorCode(), thread.error());
    }

    /**
     * Whether it has executed all that it received, and that is not enough: the last may have ended since it was asked for. MySQL does
     * not count in positions what it was not sent because it has it, and MariaDB counts a transaction that it received in part.
     */
    private boolean isStuck(ReplicaStatus status, AppliedWatch applier, Deadline deadline) {
        Optional<Gtids> executed = session.executed(deadline);
        boolean enough = executed.filter(all -> all.covers(gtids)).isPresent();
        boolean idle = status.read().isEmpty()
                || status.appliedAllItRead()
                || status.retrieved()
                        .filter(received ->
                                executed.filter(all -> all.covers(received)).isPresent())
                        .isPresent()
                || applier.idlesSettled(status);
        return idle && !enough;
    }

    private void failForGood() {
        throw MysqlException.notAsAsked(session.server(), doing, "it lacks some of them and does not replicate");
    }
}
