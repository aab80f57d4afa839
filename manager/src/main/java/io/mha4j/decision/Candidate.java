package io.mha4j.decision;

import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.Gtids;
import io.mha4j.config.ServerSettings;
import io.mha4j.topology.ReplicaStatus;
import io.mha4j.topology.ServerFacts;
import java.util.Optional;

/**
 * A replica that might become the source, as it stood when it stopped receiving.
 *
 * @param settings what the operator says about it
 * @param facts    what the sweep saw of it
 * @param status   its replication status
 * @param executed its executed GTIDs, where it has any
 */
record Candidate(ServerSettings settings, ServerFacts facts, ReplicaStatus status, Optional<Gtids> executed) {
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

    boolean logsWhatItApplies() {
        return facts.binlog().filter(ServerFacts.OwnBinlog::logReplicaUpdates).isPresent();
    }
}
