package io.mha4j.mysql;

import io.mha4j.base.Deadline;
import io.mha4j.topology.ReplicaStatus;
import java.time.Duration;
import java.util.Optional;

/**
 * Watches an applier come to the end of what was received. Three signs, the surest first: the executed position is the
 * read one; with auto-positioning everything retrieved is executed; the applier and its workers say that they idle (the
 * only sign when the relay log ends inside a transaction). Used by one thread, for one wait.
 */
final class AppliedWatch {
    static final String DOING = "waiting until received events are executed";

    /**
     * An idle state counts only when nothing moved for this long: the thread may not have woken up yet, and parallel
     * appliers publish their position every 300 ms (slave_checkpoint_period).
     */
    static final Duration SETTLED = Duration.ofMillis(400);

    private final ServerSession session;
    private final Deadline deadline;
    private Optional<ReplicaStatus> idle = Optional.empty();
    private long idleSince;

    AppliedWatch(ServerSession session, Deadline deadline) {
        this.session = session;
        this.deadline = deadline;
    }

    boolean isOver(ReplicaStatus status) {
        failIfSenseless(status);
        return appliedAllItRead(status) || executedAllRetrieved(status) || idlesSettled(status);
    }

    private void failIfSenseless(ReplicaStatus status) {
        if (status.applier().failed()) {
            throw MysqlException.ofReplication(
                    session.server(),
                    DOING,
                    status.applier().errorCode(),
                    status.applier().error());
        }
        if (!status.receiver().word().equals("No")) {
            throw MysqlException.notAsAsked(session.server(), DOING, "its I/O thread still runs; stop it first");
        }
        if (!status.applier().running()) {
            throw MysqlException.notAsAsked(session.server(), DOING, "its SQL thread is stopped; start it first");
        }
    }

    private boolean appliedAllItRead(ReplicaStatus status) {
        return status.appliedAllItRead() && (session.dialect().positionsProveApplied() || idles());
    }

    private boolean executedAllRetrieved(ReplicaStatus status) {
        return status.autoPosition()
                && status.retrieved()
                        .filter(retrieved -> !retrieved.isEmpty())
                        .flatMap(retrieved -> session.executed(deadline).map(all -> all.covers(retrieved)))
                        .orElse(false);
    }

    /** Whether it idles, and was seen at the same place for long enough; ask again and again. */
    boolean idlesSettled(ReplicaStatus status) {
        long now = deadline.ticks().nanos();
        if (!idles()) {
            idle = Optional.empty();
        } else if (idle.filter(before -> samePlace(before, status)).isEmpty()) {
            idle = Optional.of(status);
            idleSince = now;
        }
        return idle.isPresent() && now - idleSince >= SETTLED.toNanos();
    }

    private static boolean samePlace(ReplicaStatus a, ReplicaStatus b) {
        return a.applied().equals(b.applied()) && a.relayLog().equals(b.relayLog());
    }

    private boolean idles() {
        return new ApplierThreads(session).idle(deadline);
    }
}
