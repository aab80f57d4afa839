package io.mha4j.topology;

import io.mha4j.base.ServerId;
import io.mha4j.topology.Sighting.Living;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What rules out a tree whoever its source is. */
final class ServerRules {
    private ServerRules() {}

    static List<TreeRefusal> refusals(Sighting sighting) {
        if (sighting.living().isEmpty()) {
            return List.of(new TreeRefusal.NobodyAnswers(sighting.missing()));
        }
        List<TreeRefusal> reasons = new ArrayList<>();
        sighting.living().forEach(server -> reasons.addAll(ofOne(server, sighting)));
        reasons.addAll(twins(sighting.living()));
        return reasons;
    }

    private static List<TreeRefusal> ofOne(Living server, Sighting sighting) {
        if (server.facts().refusedKind().isPresent()) {
            return List.of(new TreeRefusal.UnmanagedKind(
                    server.id(), server.facts().refusedKind().get()));
        }
        if (server.facts().channelsInUse().size() > 1) {
            return List.of(new TreeRefusal.SeveralSources(server.id(), sources(server)));
        }
        return server.asReplica().stream()
                .flatMap(r -> ofReplica(r, sighting).stream())
                .toList();
    }

    private static Optional<TreeRefusal> ofReplica(Replica replica, Sighting sighting) {
        ReplicaStatus status = replica.status();
        Optional<ServerId> source = sighting.sourceOf(replica);
        if (source.isEmpty()) {
            return Optional.of(
                    new TreeRefusal.SourceNotConfigured(replica.id(), status.sourceHost(), status.sourcePort()));
        }
        return source.filter(replica.id()::equals).map(TreeRefusal.FollowsItself::new);
    }

    private static List<String> sources(Living server) {
        return server.facts().channelsInUse().stream()
                .map(c -> c.sourceHost() + ":" + c.sourcePort()
                        + (c.channel().isEmpty() ? "" : " by channel " + c.channel()))
                .toList();
    }

    private static List<TreeRefusal> twins(List<Living> servers) {
        List<TreeRefusal> twins = new ArrayList<>();
        for (int i = 0; i < servers.size(); i++) {
            for (Living other : servers.subList(i + 1, servers.size())) {
                twins(servers.get(i), other).ifPresent(twins::add);
            }
        }
        return twins;
    }

    /** Told by UUID, or where there is none by what two processes on one machine cannot share. */
    private static Optional<TreeRefusal> twins(Living one, Living other) {
        Optional<String> uuid = ServerIdentity.of(one.facts()).uuid();
        Optional<String> theirs = ServerIdentity.of(other.facts()).uuid();
        if (uuid.isPresent() && theirs.isPresent()) {
            return uuid.filter(u -> u.equals(theirs.get()))
                    .map(u -> new TreeRefusal.SameServerTwice(one.id(), other.id(), u));
        }
        return Optional.of(one.facts().seat())
                .filter(seat -> !seat.hostname().isEmpty() && sameProcess(one.facts(), other.facts()))
                .map(seat -> new TreeRefusal.SameProcessTwice(
                        one.id(), other.id(), one.facts().serverId(), seat));
    }

    private static boolean sameProcess(ServerFacts one, ServerFacts other) {
        return one.serverId() == other.serverId()
                && one.seat().equals(other.seat())
                && one.datadir().equals(other.datadir());
    }
}
