package io.mha4j.topology;

import io.mha4j.base.ServerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A legal replication tree: one source, dead or alive, and what stands below it. Every configured server is in exactly
 * one place. Lists are in MHA's processing order.
 *
 * @param source         the server that takes the writes, or took them
 * @param sourceFacts    what the source said about itself; absent when it is dead
 * @param mode           how replicas are re-pointed
 * @param replicas       living replicas of the source whose SQL thread runs or was stopped by somebody
 * @param failedReplicas living replicas of the source whose SQL thread was stopped by an error; whether a command goes
 *     on without them is that command's rule
 * @param missing        servers other than the source that did not answer or refused the login
 * @param lowerTiers     living servers that replicate from one of the others and keep doing so
 */
public record ManagedTree(
        ServerId source,
        Optional<ServerFacts> sourceFacts,
        ReplicationMode mode,
        List<Replica> replicas,
        List<Replica> failedReplicas,
        List<Missing> missing,
        List<LowerTier> lowerTiers)
        implements TreeReading {
    public ManagedTree {
        replicas = List.copyOf(replicas);
        failedReplicas = List.copyOf(failedReplicas);
        missing = List.copyOf(missing);
        lowerTiers = List.copyOf(lowerTiers);
    }

    /**
     * A server without facts.
     *
     * @param why     one clause, for example {@code connection refused}
     * @param refuses it runs, but would not let us in
     */
    public record Missing(ServerId id, String why, boolean refuses) {}

    /**
     * A server left alone because {@code multi_tier_slave=1}.
     *
     * @param follows the configured server that it replicates from
     */
    public record LowerTier(Replica replica, ServerId follows) {}

    /** The same, had its source died. */
    public ManagedTree ifSourceDied() {
        return new ManagedTree(source, Optional.empty(), mode, replicas, failedReplicas, missing, lowerTiers);
    }

    public boolean sourceAlive() {
        return sourceFacts.isPresent();
    }

    /** The channel by which the source itself replicates from another server, as in a dual-source pair. */
    public Optional<ReplicaStatus> sourceFollows() {
        return sourceFacts.flatMap(ServerFacts::onlyChannel).filter(ReplicaStatus::follows);
    }

    /** Replicas of the source, failed ones too, in order. */
    public List<Replica> allReplicas() {
        List<Replica> all = new ArrayList<>(replicas);
        all.addAll(failedReplicas);
        all.sort((a, b) -> a.id().compareTo(b.id()));
        return List.copyOf(all);
    }

    /** A replica of the source, failed or not. */
    public Optional<Replica> replica(ServerId id) {
        return allReplicas().stream().filter(r -> r.id().equals(id)).findFirst();
    }

    /** The channel by which a replica replicates; the default one of a server that does not. */
    public String channel(ServerId server) {
        return replica(server).map(r -> r.status().channel()).orElse("");
    }

    /** Whether a replica acknowledged the source's commits by semi-sync when it was looked at. */
    public boolean acknowledges(ServerId server) {
        return replica(server).filter(r -> r.facts().semiSync().replicaActive()).isPresent();
    }

    /** Names of their sources that living servers were told and that are neither name nor address of the section meant. */
    public Set<String> strangeNames() {
        Set<String> names = new TreeSet<>();
        allReplicas().stream()
                .filter(r -> !r.status().pointsTo(source))
                .forEach(r -> names.add(r.status().sourceHost()));
        lowerTiers.stream()
                .filter(t -> !t.replica().status().pointsTo(t.follows()))
                .forEach(t -> names.add(t.replica().status().sourceHost()));
        return names;
    }

    /** Whether the source has one replica and no other configured server may turn out to be one. */
    public boolean hasOneHeir() {
        return replicas.size() == 1 && failedReplicas.isEmpty() && missing.isEmpty();
    }

    /** Whether a server of a lower tier replicates from {@code id}. */
    public boolean hasLowerTierBelow(ServerId id) {
        return lowerTiers.stream().anyMatch(t -> t.follows().equals(id));
    }

    /**
     * Whether a replica belongs to a later release series than another replica, which could then not replicate from it.
     * The source's own version does not count, as in MHA. MariaDB counts as later than every MySQL.
     */
    public boolean newerThanAnother(Replica replica) {
        return allReplicas().stream().anyMatch(other -> VersionRule.compare(replica.facts(), other.facts()) > 0);
    }

    @Override
    public <R> R match(Function<ManagedTree, R> tree, Function<List<TreeRefusal>, R> refused) {
        return tree.apply(this);
    }
}
