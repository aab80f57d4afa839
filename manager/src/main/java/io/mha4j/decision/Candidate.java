package io.mha4j.decision;

import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.Gtids;
import io.mha4j.config.ServerSettings;
import io.mha4j.topology.ReplicaStatus;
import io.mha4j.topology.ServerFacts;
import io.mha4j.topology.details.SourceStatus;
import java.time.Instant;
import java.util.Optional;

/**
 * A replica that might become the source, as it stood when it stopped receiving.
 *
 * @param settings what the operator says about it
 * @param facts    what the sweep saw of it
 * @param status   its replication status
 * @param executed its executed GTIDs, where it has any
 * @param startedBy wall time of the manager by which its process had been started; absent where that is not known
 */
record Candidate(
        ServerSettings settings,
        ServerFacts facts,
        ReplicaStatus status,
        Optional<Gtids> executed,
        Optional<Instant> startedBy) {
    ServerId id() {
        return settings.id();
    }

    /** Read position; a replica that never received anything is before every position. */
    Optional<BinlogPosition> read() {
        return status.read();
    }

    /** Everything it has, executed or still in its relay log; absent without GTIDs. */
    Optional<Gtids> received() {
        return executed.map(
                done -> status.retrieved().map(r -> Gtids.union(done, r)).orElse(done));
    }

    /** Whether it acknowledged to the old source what it received. */
    boolean acknowledges() {
        return facts.semiSync().replicaActive();
    }

    /**
     * Whether it has what it acknowledged from that look at the source on. One that was started anew says that it acknowledges before
     * it has reached its source, and may have thrown away what it had received; so has one that was told to (RESET REPLICA, CHANGE
     * MASTER), which shows where it has less than the source had by then.
     */
    boolean keepsWhatItAcknowledged(SourceStatus look, boolean gtids) {
        boolean hasThat = gtids
                ? received()
                        .filter(all -> look.executed().filter(all::covers).isPresent())
                        .isPresent()
                : read().filter(place -> place.isAtOrAfter(look.end())).isPresent();
        return acknowledges()
                && startedBy.filter(start -> start.isBefore(look.at())).isPresent()
                && read().isPresent()
                && hasThat;
    }

    boolean logsWhatItApplies() {
        return facts.binlog().filter(ServerFacts.OwnBinlog::logReplicaUpdates).isPresent();
    }
}
