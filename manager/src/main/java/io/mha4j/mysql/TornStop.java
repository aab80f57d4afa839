package io.mha4j.mysql;

import io.mha4j.base.Deadline;
import io.mha4j.topology.ReplicaStatus;
import java.time.Duration;
import java.util.List;

/**
 * Stops an applier that may have come to the end of the relay log inside a transaction. With parallel workers MySQL
 * then waits up to 60 s for the rest (sql/rpl_slave.cc, SLAVE_WAIT_GROUP_DONE), which cannot come while the receiver is
 * stopped; ending the coordinating thread ends that, and the open transaction is rolled back (measured: 5.6 to 8.0,
 * 0.1 s).
 */
final class TornStop {
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final ServerSession session;

    TornStop(ServerSession session) {
        this.session = session;
    }

    /** Whether what is left to execute may be a part of a transaction. */
    static boolean mayHang(ReplicaStatus before) {
        return before.receiver().word().equals("No")
                && before.applier().running()
                && !before.read().equals(before.applied());
    }

    /** Has the statement sent, and waits for it no longer than it takes to see that it hangs. */
    void stop(Sql stop, Deadline deadline) {
        try (ServerSession aside = session.another(deadline)) {
            if (!returns(aside, stop, deadline.atMost(PATIENCE))) {
                endIdleApplier(deadline);
            }
        }
    }

    private static boolean returns(ServerSession aside, Sql stop, Deadline patience) {
        try {
            aside.execute(stop, patience);
            return true;
        } catch (MysqlException e) {
            if (e.kind() != MysqlException.Kind.UNREACHABLE) {
                throw e;
            }
            return false;
        }
    }

    /** An applier that is busy ends by itself; of several channels' idle ones it cannot be said which is meant. */
    private void endIdleApplier(Deadline deadline) {
        List<Long> idle = new ApplierThreads(session).idleAppliers(deadline);
        if (idle.size() == 1) {
            session.kill(idle.get(0), deadline);
        }
    }
}
