package io.mha4j.decision.check;

import io.mha4j.base.ServerId;
import io.mha4j.topology.ManagedTree;
import io.mha4j.topology.Replica;
import io.mha4j.topology.ServerVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the servers' versions are among those that a failover was tried with. */
final class VersionChecks {
    private VersionChecks() {}

    static List<CheckFinding> findings(ManagedTree tree) {
        List<CheckFinding> findings = new ArrayList<>();
        tree.sourceFacts()
                .flatMap(facts -> finding(tree.source(), facts.version()))
                .ifPresent(findings::add);
        for (Replica replica : tree.allReplicas()) {
            finding(replica.id(), replica.facts().version()).ifPresent(findings::add);
        }
        return findings;
    }

    private static Optional<CheckFinding> finding(ServerId id, ServerVersion version) {
        boolean mariadb = version.isMariadb();
        if (!version.isSupported()) {
            return Optional.of(CheckFinding.of(
                    Check.VERSION, id, id + " is " + version.tooOld() + ".", "Upgrade it, or remove its section."));
        }
        boolean untried = mariadb ? version.isMariadbFrom(12, 0, 0) : version.isMysqlFrom(9, 8, 0);
        return untried
                ? Optional.of(CheckFinding.of(
                        Check.UNKNOWN,
                        id,
                        "%s is version %s; how a failover goes with newer than %s was not tried."
                                .formatted(id, version, mariadb ? "MariaDB 11" : "MySQL 9.7"),
                        "Try a failover where it does no harm, or look for a newer mha4j."))
                : Optional.empty();
    }
}
