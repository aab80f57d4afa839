package io.mha4j.topology;

import io.mha4j.base.ServerId;
import io.mha4j.config.Application;
import io.mha4j.config.ServerSettings;
import io.mha4j.topology.ReplicaStatus.Filters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The checks of a start that need nothing but what one sweep saw (MHA 0.58, {@code validate_slaves},
 * {@code validate_num_alive_servers}, {@code check_replication_health}). Whether a replica could be promoted is not
 * among them: that is an election. Findings are in the servers' order within each check.
 */
public final class HealthRules {
    private HealthRules() {}

    /**
     * Settings of replicas that make a failover harder: writable, offline, relay logs that are purged, no binary log, applied
     * events not logged, delayed on purpose, a server id that two share. Never an error.
     */
    public static List<Finding> settings(ManagedTree tree) {
        List<Finding> findings = new ArrayList<>();
        tree.allReplicas().forEach(replica -> findings.addAll(settings(tree, replica)));
        findings.addAll(sharedServerIds(tree));
        return findings;
    }

    private static List<Finding> settings(ManagedTree tree, Replica replica) {
        ServerId id = replica.id();
        ServerFacts facts = replica.facts();
        List<Finding> findings = new ArrayList<>();
        if (!facts.readOnly()) {
            findings.add(Finding.info(
                    id,
                    "read_only=1 is not set on slave " + id + ".",
                    "SET GLOBAL read_only=1 there, and read_only=1 in its configuration file."));
        }
        if (facts.offline()) {
            findings.add(Finding.warning(
                    id,
                    "offline_mode=1 is set on slave " + id
                            + ", so it lets no clients in; it will not become the source",
                    "SET GLOBAL offline_mode=OFF there when what it was taken offline for is done."));
        }
        if (facts.relayLogPurge() && !tree.mode().usesGtids()) {
            findings.add(Finding.warning(
                    id,
                    "relay_log_purge=0 is not set on slave " + id + ".",
                    "SET GLOBAL relay_log_purge=0 there, and purge relay logs from time to time."));
        }
        if (facts.binlog().isEmpty()) {
            findings.add(Finding.warning(
                    id,
                    "log-bin is not set on slave " + id + ". This host can not be a master.",
                    "Set log_bin in its configuration file and restart it, or accept that it stays a replica."));
        } else if (tree.mode().usesGtids() && !facts.binlog().get().logReplicaUpdates()) {
            findings.add(Finding.warning(
                    id,
                    "%s does not log what it applies, so no other replica can catch up from it; set log_slave_updates=1"
                            .formatted(id),
                    "Set log_slave_updates=1 in its configuration file and restart it."));
        }
        if (!replica.status().delay().isZero()) {
            findings.add(Finding.warning(
                    id,
                    "%s applies with a delay of %d s on purpose; it will not become the source"
                            .formatted(id, replica.status().delay().toSeconds()),
                    "Keep another replica without a delay; set the delay to 0 if this one is to take over. By file and"
                            + " position it is levelled only with level_delayed=1."));
        }
        return findings;
    }

    private static List<Finding> sharedServerIds(ManagedTree tree) {
        List<Finding> findings = new ArrayList<>();
        List<Replica> replicas = tree.allReplicas();
        for (Replica replica : replicas) {
            otherWithItsId(tree, replica)
                    .ifPresent(other -> findings.add(Finding.warning(
                            replica.id(),
                            "%s has server_id %d as %s has; give each server an id of its own"
                                    .formatted(replica.id(), replica.facts().serverId(), other),
                            "Set another server_id in its configuration file and restart it.")));
        }
        return findings;
    }

    /** An earlier replica, or the source, so that a pair is told once. */
    private static Optional<ServerId> otherWithItsId(ManagedTree tree, Replica replica) {
        long serverId = replica.facts().serverId();
        return tree.sourceFacts()
                .filter(source -> source.serverId() == serverId)
                .map(source -> tree.source())
                .or(() -> tree.allReplicas().stream()
                        .filter(other -> other.id().compareTo(replica.id()) < 0)
                        .filter(other -> other.facts().serverId() == serverId)
                        .map(Replica::id)
                        .findFirst());
    }

    /** Errors where servers leave out different parts of the data; none when {@code check_repl_filter=0}. */
    public static List<Finding> filters(Application application, ManagedTree tree) {
        return application.servers().get(0).policy().checkReplFilter() ? FilterRules.findings(tree) : List.of();
    }

    /**
     * What another server would leave out than others do, if it became a replica with the filters that it has; empty where it is the
     * same, where one of both is not told, and when {@code check_repl_filter=0}.
     *
     * @param server which is to become a replica
     * @param own    the filters that it would apply with; absent where it does not tell
     * @param whose  with whom it is compared
     * @param others the filters that those apply with; absent where nobody tells
     */
    public static Optional<String> otherFilters(
            ServerSettings server, Optional<Filters> own, String whose, Optional<Filters> others) {
        return own.filter(filters -> server.policy().checkReplFilter())
                .flatMap(filters -> FilterRules.difference(filters, whose, others));
    }

    /**
     * Servers that are missing or whose replication failed. Errors, except, with {@code ignoreFailOnStart}, for servers
     * with {@code ignore_fail=1}. A dead source is no finding: what follows from it is for the command to say.
     */
    public static List<Finding> absences(Application application, ManagedTree tree, boolean ignoreFailOnStart) {
        List<Finding> findings = new ArrayList<>();
        for (ManagedTree.Missing server : tree.missing()) {
            String phrase = server.refuses()
                    ? "Server %s is alive, but refuses the login (%s)! Check server settings."
                    : "Server %s is dead, but must be alive! Check server settings. (%s)";
            boolean ignored = ignoreFailOnStart && mayFail(application, server.id());
            String cure = server.refuses()
                    ? "Correct user and password of its section, or free its connections, or set admin_port."
                    : "Start it or repair its network, or remove its section, or set ignore_fail=1 there and start"
                            + " with --ignore_fail_on_start.";
            findings.add(absence(server.id(), phrase.formatted(server.id(), server.why()), cure, ignored));
        }
        for (Replica replica : tree.failedReplicas()) {
            ReplicaStatus.ThreadState applier = replica.status().applier();
            String phrase = "Replication on %s fails! Check server settings. (SQL thread: error %d: %s)"
                    .formatted(replica.id(), applier.errorCode(), applier.error());
            boolean ignored = ignoreFailOnStart && mayFail(application, replica.id());
            String cure = "Repair the data that the error names, then start the SQL thread.";
            findings.add(absence(replica.id(), phrase, cure, ignored));
        }
        return findings;
    }

    private static boolean mayFail(Application application, ServerId server) {
        return application.of(server).roles().ignoreFail();
    }

    private static Finding absence(ServerId server, String sentence, String cure, boolean ignored) {
        return ignored
                ? Finding.warning(server, sentence + " Ignored because of ignore_fail=1.", cure)
                : Finding.error(server, sentence, cure);
    }

    /**
     * Replicas, other than failed ones, that do not replicate or are too far behind. All errors.
     *
     * @param lagLimit largest tolerated {@code Seconds_Behind_Master}, besides the delay that a replica keeps on purpose;
     *     less than a second counts as one
     */
    public static List<Finding> health(ManagedTree tree, Duration lagLimit) {
        Duration limit = lagLimit.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : lagLimit;
        return tree.replicas().stream()
                .flatMap(r -> complaint(r, limit).map(c -> Finding.error(r.id(), c, cureOf(r))).stream())
                .toList();
    }

    private static String cureOf(Replica replica) {
        ReplicaStatus status = replica.status();
        if (status.receiver().running() && status.applier().running()) {
            return "Wait until it has caught up; look for long transactions and a slow disk if it does not.";
        }
        return status.receiver().word().equals("Connecting")
                ? "Correct account, password or network of its replication; its error log has the details."
                : "START SLAVE there (START REPLICA from MySQL 8.4 on) once the cause is gone.";
    }

    private static Optional<String> complaint(Replica replica, Duration limit) {
        ReplicaStatus status = replica.status();
        if (!status.receiver().running()) {
            return Optional.of(stopped(replica, "IO", status.receiver()));
        }
        if (!status.applier().running()) {
            return Optional.of(stopped(replica, "SQL", status.applier()));
        }
        if (status.lag().isEmpty()) {
            return Optional.of(replica.id() + " does not say how far it is behind (Seconds_Behind_Master is NULL)");
        }
        long behind = status.lag().get().toSeconds();
        long tolerated = limit.plus(status.delay()).toSeconds();
        return behind <= tolerated
                ? Optional.empty()
                : Optional.of("%s is %d s behind, more than %d s".formatted(replica.id(), behind, tolerated));
    }

    private static String stopped(Replica replica, String thread, ReplicaStatus.ThreadState state) {
        String error = state.errorCode() == 0 ? "" : " (error " + state.errorCode() + ": " + state.error() + ")";
        return state.word().equals("Connecting")
                ? "the %s thread of %s has no connection to its source%s; check the source, the account and the network"
                        .formatted(thread, replica.id(), error)
                : "the %s thread of %s does not run%s; start it".formatted(thread, replica.id(), error);
    }
}
