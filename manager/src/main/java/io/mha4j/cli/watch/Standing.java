package io.mha4j.cli.watch;

import io.mha4j.base.ServerId;
import io.mha4j.topology.ReplicaStatus;
import java.util.List;

/**
 * Whether a server takes writes, and from whom it replicates.
 *
 * @param replication one entry per channel that is configured, at work or not
 */
record Standing(boolean readOnly, List<ReplicaStatus> replication) {
    Standing {
        replication = List.copyOf(replication);
    }

    /** Whether it takes writes and follows nobody; settings that lead nowhere any more ({@code skip_reset_slave}) do not matter. */
    boolean isOpenSource() {
        return !readOnly && replication.stream().noneMatch(ReplicaStatus::isAtWork);
    }

    /** Whether it is configured to follow {@code server}, at work or not. */
    boolean pointsTo(ServerId server) {
        return replication.stream().anyMatch(channel -> channel.pointsTo(server));
    }

    boolean follows(ServerId server) {
        return replication.stream().anyMatch(channel -> channel.isAtWork() && channel.pointsTo(server));
    }
}
