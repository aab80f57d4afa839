package io.mha4j.mysql;

import io.mha4j.base.Deadline;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.topology.ReplicaStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Frees an applier that has come to the end of the relay log inside a transaction, before it is asked to stop. With
 * parallel workers MySQL would wait up to 60 s for the rest (sql/rpl_slave.cc, SLAVE_WAIT_GROUP_DONE), which cannot come
 * while the receiver is stopped. Ending the coordinating thread rolls the open transaction back (measured on 5.6 to 9.7:
 * 0.1 s; asked to stop first, 5.6 and 5.7 ignore it).
 */
final class TornStop {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final ServerSession session;
    private final ApplierThreads threads;
    private final Deadline deadline;

    TornStop(ServerSession session, Deadline deadline) {
        this.session = session;
        this.threads = new ApplierThreads(session);
        this.deadline = deadline;
    }

    /** Ends the applier if it would hang. Looks for as long as it takes to be sure; busy appliers are left alone. */
    void freeIfStuck(ReplicaStatus before, ReplicationControl control) {
        if (!mayHang(before)
                || threads.workers(deadline) == 0
                || !comesToIdle(control)
                || !comesTrue(control, () -> standsStill(control))) {
            return;
        }
        boolean stuck = control.status(deadline).filter(TornStop::mayHang).isPresent();
        List<Long> appliers = threads.idleAppliers(deadline);
        // Of several channels' idle appliers it cannot be said which is meant.
        if (stuck && appliers.size() == 1) {
            session.kill(appliers.get(0), deadline);
            // Asked to stop before it has noticed, it would wait all the same.
            comesTrue(
                    control,
                    () -> !control.status(deadline).filter(TornStop::mayHang).isPresent());
        }
    }

    /** The coordinator may still be handing out the events before the end. */
    private boolean comesToIdle(ReplicationControl control) {
        return comesTrue(control, () -> !threads.idleAppliers(deadline).isEmpty());
    }

    /** What parallel workers have done shows late: at the next of their checkpoints. */
    private boolean standsStill(ReplicationControl control) {
        Optional<BinlogPosition> applied = control.status(deadline).flatMap(ReplicaStatus::applied);
        control.settle(deadline);
        return control.status(deadline).flatMap(ReplicaStatus::applied).equals(applied);
    }

    private boolean comesTrue(ReplicationControl control, BooleanSupplier condition) {
        Deadline end = deadline.atMost(PATIENCE);
        while (!condition.getAsBoolean()) {
            if (!control.pausedForAnotherLook(AppliedWatch.DOING, end)) {
                return false;
            }
        }
        return true;
    }

    private static boolean mayHang(ReplicaStatus status) {
        return status.receiver().word().equals("No")
                && status.applier().running()
                && !status.read().equals(status.applied());
    }
}
