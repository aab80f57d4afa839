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
        if (server.facts().replication().size() > 1) {
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
        return server.facts().replication().stream()
                .map(c -> c.sourceHost() + ":" + c.sourcePort()
                        + (c.channel().isEmpty() ? "" : " by channel " + c.channel()))
                .toList();
    }

    private static List<TreeRefusal> twins(List<Living> servers) {
        List<TreeRefusal> twins = new ArrayList<>();
        for (int i = 0; i < servers.size(); i++) {
            for (Living other : servers.subList(i + 1, servers.size())) {
                Living one = servers.get(i);
                ServerIdentity.of(one.facts())
                        .uuid()
                        .filter(uuid -> ServerIdentity.of(other.facts()).uuid().equals(Optional.of(uuid)))
                        .ifPresent(uuid -> twins.add(new TreeRefusal.SameServerTwice(one.id(), other.id(), uuid)));
            }
        }
        return twins;
    }
}
