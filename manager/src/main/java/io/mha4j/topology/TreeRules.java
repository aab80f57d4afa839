package io.mha4j.topology;

import io.mha4j.base.ServerId;
import io.mha4j.config.Application;
import io.mha4j.topology.ManagedTree.LowerTier;
import io.mha4j.topology.TreeReading.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tells whether the servers of a snapshot form a tree that can be managed: one source and its replicas. The rules are
 * MHA 0.58's ({@code ServerManager.pm}) with these differences: a replica with an SQL error and a replica that refuses
 * the login do not stop anything by themselves, a source is recognised by its UUID or id where its address differs, and
 * replicas of several sources are refused rather than taken for no replicas.
 */
public final class TreeRules {
    private final Application application;
    private final Sighting sighting;

    private TreeRules(Application application, Sighting sighting) {
        this.application = application;
        this.sighting = sighting;
    }

    /** The tree, or every reason found at the first stage that finds one. */
    public static TreeReading read(Application application, Snapshot snapshot, Prior prior) {
        return new TreeRules(application, Sighting.of(application, snapshot, prior)).read(prior);
    }

    private TreeReading read(Prior prior) {
        List<TreeRefusal> reasons = ServerRules.refusals(sighting);
        if (!reasons.isEmpty()) {
            return new Refused(reasons);
        }
        SourceRule.Choice choice = SourceRule.choose(sighting, prior);
        return choice.source().isEmpty()
                ? new Refused(choice.reasons())
                : below(choice.source().get());
    }

    private TreeReading below(ServerId source) {
        List<TreeRefusal> reasons = new ArrayList<>();
        List<Replica> replicas = new ArrayList<>();
        List<LowerTier> lowerTiers = new ArrayList<>();
        for (Sighting.Living server : sighting.living()) {
            if (!server.id().equals(source)) {
                place(server, source, replicas, lowerTiers).ifPresent(reasons::add);
            }
        }
        return reasons.isEmpty() ? tree(source, replicas, lowerTiers) : new Refused(reasons);
    }

    private Optional<TreeRefusal> place(
            Sighting.Living server, ServerId source, List<Replica> replicas, List<LowerTier> lowerTiers) {
        Optional<Replica> replica = server.asReplica();
        Optional<ServerId> follows = replica.flatMap(sighting::sourceOf);
        if (replica.isEmpty() || follows.isEmpty()) {
            return Optional.of(new TreeRefusal.NotReplicating(server.id(), source));
        }
        if (follows.get().equals(source)) {
            replicas.add(replica.get());
        } else if (application.of(server.id()).policy().multiTierSlave()) {
            lowerTiers.add(new LowerTier(replica.get(), follows.get()));
        } else {
            return Optional.of(new TreeRefusal.FollowsAnother(server.id(), follows.get(), source));
        }
        return Optional.empty();
    }

    private ManagedTree tree(ServerId source, List<Replica> replicas, List<LowerTier> lowerTiers) {
        return new ManagedTree(
                source,
                sighting.factsOf(source),
                ModeRule.modeOf(application, sighting.facts(), replicas),
                replicas.stream().filter(r -> !r.applierFailed()).toList(),
                replicas.stream().filter(Replica::applierFailed).toList(),
                sighting.missing().stream().filter(m -> !m.id().equals(source)).toList(),
                lowerTiers);
    }
}
