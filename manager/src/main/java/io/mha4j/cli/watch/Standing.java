package io.mha4j.cli.watch;

import io.mha4j.base.ServerId;
import io.mha4j.topology.ReplicaStatus;
import io.mha4j.topology.ServerFacts;
import io.mha4j.topology.ServerIdentity;
import java.util.Collection;
import java.util.List;

/**
 * Whether a server takes writes, and from whom it replicates.
 *
 * @param identity    what it calls itself
 * @param written     what tells its history from another
 * @param replication one entry per channel that is configured, at work or not
 */
record Standing(boolean readOnly, ServerIdentity identity, String written, List<ReplicaStatus> replication) {
    Standing {
        replication = List.copyOf(replication);
    }

    static Standing of(ServerFacts facts) {
        return new Standing(facts.readOnly(), ServerIdentity.of(facts), written(facts), facts.replication());
    }

    /** Numbers stay what they are when it is started again, and begins a new log. */
    private static String written(ServerFacts facts) {
        return facts.executed()
                .map(Object::toString)
                .filter(gtids -> !gtids.isEmpty())
                .or(() -> facts.binlog().map(log -> log.end().toString()))
                .orElse("");
    }

    /** Whether it takes writes and follows nobody; settings that lead nowhere any more ({@code skip_reset_slave}) do not matter. */
    boolean isOpenSource() {
        return !readOnly && replication.stream().noneMatch(ReplicaStatus::isAtWork);
    }

    /** Whether it is configured to follow {@code server}, at work or not, by the name or address that is configured. */
    boolean pointsTo(ServerId server) {
        return replication.stream().anyMatch(channel -> channel.pointsTo(server));
    }

    /** The same by any name or address. */
    boolean pointsTo(ServerId server, ServerIdentity called, Collection<ServerId> known) {
        return replication.stream().anyMatch(channel -> channel.leadsTo(server, called, known));
    }

    /** Whether it is configured to follow somebody by a name and address that none of these has. */
    boolean pointsToStranger(Collection<ServerId> known) {
        return replication.stream().anyMatch(channel -> known.stream().noneMatch(channel::pointsTo));
    }

    boolean follows(ServerId server) {
        return atWork().pointsTo(server);
    }

    /** The same by any name or address. */
    boolean follows(ServerId server, ServerIdentity called, Collection<ServerId> known) {
        return atWork().pointsTo(server, called, known);
    }

    boolean followsStranger(Collection<ServerId> known) {
        return atWork().pointsToStranger(known);
    }

    private Standing atWork() {
        return new Standing(
                readOnly,
                identity,
                written,
                replication.stream().filter(ReplicaStatus::isAtWork).toList());
    }
}
