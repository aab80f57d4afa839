package io.mha4j.topology;

import io.mha4j.base.ServerId;
import io.mha4j.topology.ReplicaStatus.Filters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether all servers of a tree leave out the same data. Every server is compared, also with those that have no filter:
 * MHA 0.58 takes the first filter that is not empty for the measure, so that one on the last replicas passes.
 */
final class FilterRules {
    private static final String CURE =
            "Give all servers the same filters in their configuration files and restart them; check_repl_filter=0 switches"
                    + " this check off.";

    private FilterRules() {}

    /** What one server writes to its binary log. */
    private record Logging(ServerId id, List<String> doDb, List<String> ignoreDb) {
        static Optional<Logging> of(ServerId id, ServerFacts facts) {
            return facts.binlog().map(b -> new Logging(id, b.doDb(), b.ignoreDb()));
        }

        boolean sameAs(Logging other) {
            return doDb.equals(other.doDb) && ignoreDb.equals(other.ignoreDb);
        }

        @Override
        public String toString() {
            return doDb.isEmpty() && ignoreDb.isEmpty()
                    ? id + " no filter"
                    : id + " binlog-do-db=" + text(doDb) + " binlog-ignore-db=" + text(ignoreDb);
        }
    }

    static List<Finding> findings(ManagedTree tree) {
        List<Finding> findings = new ArrayList<>(replication(tree.allReplicas()));
        List<Logging> logging = new ArrayList<>();
        tree.sourceFacts().flatMap(f -> Logging.of(tree.source(), f)).ifPresent(logging::add);
        tree.allReplicas().forEach(r -> Logging.of(r.id(), r.facts()).ifPresent(logging::add));
        findings.addAll(logging(logging));
        for (Replica replica : tree.allReplicas()) {
            findings.addAll(against(replica, logging));
        }
        return findings;
    }

    static Optional<String> difference(Filters own, String whose, Optional<Filters> others) {
        return others.filter(theirs -> !theirs.equals(own))
                .map(theirs -> "other replication filters (%s) than %s (%s)".formatted(own, whose, theirs));
    }

    /** Equality is transitive, so comparing with the first compares all. */
    private static List<Finding> replication(List<Replica> replicas) {
        return replicas.stream()
                .filter(r ->
                        !r.status().filters().equals(replicas.get(0).status().filters()))
                .map(r -> Finding.error(
                        r.id(),
                        "Replication filtering check failed on %s! All slaves must have same replication filtering rules. (%s; %s)"
                                .formatted(r.id(), describe(replicas.get(0)), describe(r)),
                        CURE))
                .toList();
    }

    private static List<Finding> logging(List<Logging> servers) {
        return servers.stream()
                .filter(s -> !s.sameAs(servers.get(0)))
                .map(s -> Finding.error(
                        s.id(),
                        "Binlog filtering check failed on %s! All log-bin enabled servers must have same binlog filtering rules. (%s; %s)"
                                .formatted(s.id(), servers.get(0), s),
                        CURE))
                .toList();
    }

    /** A replica that filters by database must name what the logs name. */
    private static List<Finding> against(Replica replica, List<Logging> logging) {
        Filters filters = replica.status().filters();
        List<Finding> findings = new ArrayList<>();
        logging.stream()
                .filter(log -> differ(log.doDb(), filters.doDb()))
                .findFirst()
                .ifPresent(log -> findings.add(mismatch(replica, "do_db", log.doDb(), filters.doDb())));
        logging.stream()
                .filter(log -> differ(log.ignoreDb(), filters.ignoreDb()))
                .findFirst()
                .ifPresent(log -> findings.add(mismatch(replica, "ignore_db", log.ignoreDb(), filters.ignoreDb())));
        return findings;
    }

    private static boolean differ(List<String> logged, List<String> applied) {
        return !logged.isEmpty() && !applied.isEmpty() && !logged.equals(applied);
    }

    private static Finding mismatch(Replica replica, String word, List<String> logged, List<String> applied) {
        return Finding.error(
                replica.id(),
                "binlog_%s on master(%s) must be the same as replicate_%s on slaves(%s). (%s)"
                        .formatted(word, text(logged), word, text(applied), replica.id()),
                CURE);
    }

    private static String describe(Replica replica) {
        return replica.id() + " " + replica.status().filters();
    }

    private static String text(List<String> names) {
        return String.join(",", names);
    }
}
