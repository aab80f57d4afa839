package io.mha4j.decision.check;

import io.mha4j.base.ServerId;
import io.mha4j.topology.ManagedTree;
import io.mha4j.topology.Replica;
import io.mha4j.topology.details.SqlDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Replicas that are registered with a server of the tree, but have no section in the configuration. */
final class RegistrationChecks {
    private RegistrationChecks() {}

    /** Nothing while a configured server is missing: it may be the one that is registered. */
    static List<CheckFinding> findings(CheckFacts facts) {
        ManagedTree tree = facts.tree();
        if (!tree.missing().isEmpty() || !tree.sourceAlive()) {
            return List.of();
        }
        Set<Long> known = Stream.concat(
                        tree.sourceFacts().stream(), tree.allReplicas().stream().map(Replica::facts))
                .map(server -> server.serverId())
                .collect(Collectors.toSet());
        List<CheckFinding> findings = new ArrayList<>();
        facts.server(tree.source()).stream()
                .flatMap(details -> details.registered().stream())
                .filter(replica -> !known.contains(replica.serverId()))
                .forEach(replica -> findings.add(finding(tree.source(), replica)));
        return findings;
    }

    private static CheckFinding finding(ServerId source, SqlDetails.Registered replica) {
        String where = replica.place().isEmpty() ? "" : " (" + replica.place() + ")";
        return CheckFinding.of(
                Check.UNKNOWN_REPLICA,
                source,
                "A replica with server_id %d%s follows %s, but has no section; a failover would leave it behind."
                        .formatted(replica.serverId(), where, source),
                "Add a section for it, or re-point it by hand after each failover.");
    }
}
