package io.mha4j.decision.rejoin;

import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.decision.Step;
import io.mha4j.topology.ReplicaStatus.Filters;
import java.util.Optional;

/** What is to become of a former source. */
public sealed interface RejoinPlan {
    /** It cannot be attached to anybody. */
    record Refused(String why) implements RejoinPlan {}

    /**
     * It is a replica already.
     *
     * @param running  whether both of its threads run
     * @param unproven how it can be compared, if a failover from it is known: settings for its successor may be older than that
     * @param filters  with which the source's other replicas apply, if it has any
     */
    record Follows(ServerId source, boolean running, Optional<Compare> unproven, Optional<Filters> filters)
            implements RejoinPlan {}

    /**
     * It becomes a replica, if it has nothing that its successor lacks.
     *
     * @param source     the present source
     * @param sourceName its name or address, as other replicas call it
     * @param start      where it goes on
     * @param byGtid     whether its GTIDs tell all that it has; else its binary log is read
     * @param heldUpTo   up to where the successor has that log
     * @param filters    with which the present source's replicas apply, if it has any
     */
    record Compare(
            ServerId source,
            String sourceName,
            Step.Start start,
            boolean byGtid,
            Optional<BinlogPosition> heldUpTo,
            Optional<Filters> filters)
            implements RejoinPlan {}
}
