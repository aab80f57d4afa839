package io.mha4j.topology;

import io.mha4j.base.ServerId;
import io.mha4j.topology.ManagedTree.Missing;
import io.mha4j.topology.Sighting.Living;
import java.util.List;
import java.util.Optional;

/**
 * Which server is the source. Candidates are the servers that somebody replicates from; among several, as in a
 * dual-source pair or with lower tiers, the one that is not read-only. A server that does not answer counts as
 * writable, because it may be; but where one is known to be the dead source, only living ones can be against that.
 */
final class SourceRule {
    private SourceRule() {}

    /** The source, or why there is none. */
    record Choice(Optional<ServerId> source, List<TreeRefusal> reasons) {
        static Choice is(ServerId source) {
            return new Choice(Optional.of(source), List.of());
        }

        static Choice none(TreeRefusal reason) {
            return new Choice(Optional.empty(), List.of(reason));
        }
    }

    static Choice choose(Sighting sighting, Prior prior) {
        List<ServerId> unattached = sighting.living().stream()
                .filter(s -> s.asReplica().isEmpty())
                .map(Living::id)
                .toList();
        if (unattached.size() > 1) {
            return Choice.none(new TreeRefusal.SeveralNonReplicas(unattached));
        }
        if (sighting.replicas().isEmpty()) {
            return Choice.none(new TreeRefusal.NoReplica(
                    sighting.living().stream().map(Living::id).toList()));
        }
        Choice choice = amongFollowed(sighting, prior);
        return choice.source().map(s -> confirm(s, sighting, prior)).orElse(choice);
    }

    private static Choice amongFollowed(Sighting sighting, Prior prior) {
        List<ServerId> followed = sighting.replicas().stream()
                .flatMap(r -> sighting.sourceOf(r).stream())
                .distinct()
                .sorted()
                .toList();
        if (followed.size() == 1) {
            return Choice.is(followed.get(0));
        }
        List<ServerId> writable = followed.stream()
                .filter(id -> !sighting.factsOf(id).map(ServerFacts::readOnly).orElse(false))
                .toList();
        boolean noneAlive =
                writable.stream().allMatch(id -> sighting.factsOf(id).isEmpty());
        if (noneAlive && prior.deadSource().filter(writable::contains).isPresent()) {
            return Choice.is(prior.deadSource().get());
        }
        if (writable.isEmpty()) {
            return Choice.none(new TreeRefusal.NoneWritable(followed));
        }
        return writable.size() == 1
                ? Choice.is(writable.get(0))
                : Choice.none(new TreeRefusal.SeveralWritable(writable));
    }

    private static Choice confirm(ServerId source, Sighting sighting, Prior prior) {
        Optional<ServerId> named = prior.deadSource();
        if (named.isPresent() && !named.get().equals(source)) {
            return Choice.none(new TreeRefusal.NotTheSource(named.get(), source));
        }
        Optional<Missing> refusing = sighting.missing(source).filter(Missing::refuses);
        return refusing.map(r -> Choice.none(new TreeRefusal.SourceRefuses(source, r.why())))
                .orElse(Choice.is(source));
    }
}
