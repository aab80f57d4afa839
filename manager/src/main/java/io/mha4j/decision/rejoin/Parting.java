package io.mha4j.decision.rejoin;

import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.decision.FailoverFacts;
import io.mha4j.decision.FailoverPlanner;
import io.mha4j.decision.Step;
import io.mha4j.decision.StepResult;
import java.util.Optional;

/**
 * Where the histories of a source and of the one that took its place part.
 *
 * @param newSource who took its place
 * @param gtids     whether its replicas followed by GTID
 * @param heldUpTo  how much of the old source's binary log the new one has
 * @param openedAt  where the new one's own binary log began to take writes
 */
public record Parting(
        ServerId newSource, boolean gtids, Optional<BinlogPosition> heldUpTo, Optional<BinlogPosition> openedAt) {
    /** What a failover left that has opened somebody; empty for any other. */
    public static Optional<Parting> of(FailoverFacts failover) {
        FailoverPlanner planner = new FailoverPlanner();
        return planner.newSource(failover)
                .filter(s -> failover.progress()
                        .finished(new Step.AssignAddress(s, failover.tree().source())))
                .map(s -> new Parting(
                        s,
                        failover.tree().mode().usesGtids(),
                        planner.heldUpTo(failover),
                        failover.progress()
                                .result(new Step.ReadCoordinates(s), StepResult.Coordinates.class)
                                .map(StepResult.Coordinates::end)));
    }
}
