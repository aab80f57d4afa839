package io.mha4j.decision;

import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.Gtids;
import io.mha4j.topology.ReplicaStatus;
import java.util.Optional;

/** What a finished step learned. */
public sealed interface StepResult {
    /** Nothing beyond having been done. */
    record Plain() implements StepResult {}

    /**
     * How far a replica is, read after the step.
     *
     * @param executed its executed GTIDs, where it has any
     */
    record ReplicaAt(ReplicaStatus status, Optional<Gtids> executed) implements StepResult {}

    /** Where the new source's binary log ends and which GTIDs it has executed, where it has any. */
    record Coordinates(BinlogPosition end, Optional<Gtids> executed) implements StepResult {}

    /** What a hook answered: MHA's exit status, 0 or 10 (go on all the same); -1 when none is configured. */
    record HookAnswer(int exitStatus) implements StepResult {
        /** No such hook is configured. */
        public static final HookAnswer NO_HOOK = new HookAnswer(-1);
    }
}
