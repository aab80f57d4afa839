package io.mha4j.decision;

import io.mha4j.base.ServerId;
import io.mha4j.topology.ManagedTree;
import io.mha4j.topology.Replica;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who stands in an election, and with which figures. */
final class Field {
    /** A server says in whole seconds how long it runs. */
    private static final Duration ROUNDING = Duration.ofSeconds(1);

    private Field() {}

    /** Every living replica as the sweep saw it: figures that may still move. */
    static List<Candidate> asSwept(FailoverFacts facts) {
        return swept(facts, facts.tree().replicas().stream());
    }

    /** The same, and of those that stand in no election: with an applier that failed, or of a lower tier. */
    static List<Candidate> everybodySwept(FailoverFacts facts) {
        ManagedTree tree = facts.tree();
        return swept(
                facts,
                Stream.concat(
                        tree.allReplicas().stream(), tree.lowerTiers().stream().map(ManagedTree.LowerTier::replica)));
    }

    private static List<Candidate> swept(FailoverFacts facts, Stream<Replica> replicas) {
        return replicas.map(r -> new Candidate(
                        facts.settings(r.id()), r.facts(), r.status(), r.facts().executed(), Optional.empty()))
                .toList();
    }

    /**
     * Every replica whose receiver has stopped, with the figures read after that. Later figures are left aside on
     * purpose: the election must not change its mind because a step of ours moved a replica.
     */
    static List<Candidate> stoppedReceivers(FailoverFacts facts) {
        List<Candidate> field = new ArrayList<>();
        for (Replica replica : facts.tree().replicas()) {
            Step stop = new Step.StopReceiver(replica.id());
            facts.progress()
                    .result(stop, StepResult.ReplicaAt.class)
                    .map(at -> new Candidate(
                            facts.settings(replica.id()),
                            replica.facts(),
                            at.status(),
                            at.executed(),
                            at.uptime().flatMap(ran -> facts.progress()
                                    .finishedBy(stop)
                                    .map(end -> end.minus(ran).plus(ROUNDING)))))
                    .ifPresent(field::add);
        }
        return field;
    }

    /**
     * Those who failed at levelling or at being prepared as new source; none of them is tried again. Who could not fetch what
     * need not be had is none the worse for it.
     *
     * @param latest those who need nothing from others
     */
    static Set<ServerId> spent(FailoverFacts facts, List<Candidate> latest) {
        Set<ServerId> level = latest.stream().map(Candidate::id).collect(Collectors.toSet());
        Set<ServerId> spent = new TreeSet<>();
        facts.progress()
                .failures()
                .map(Outcome.Failed::step)
                .filter(Field::spends)
                .filter(s -> !isCleanUp(facts, s))
                .filter(s -> !(s instanceof Step.CatchUp && level.contains(s.server())))
                .forEach(s -> spent.add(s.server()));
        return spent;
    }

    /** Whether it failed at fetching from another replica what it lacks. */
    static boolean didNotCatchUp(FailoverFacts facts, ServerId server) {
        return facts.progress()
                .failures()
                .map(Outcome.Failed::step)
                .anyMatch(s -> s instanceof Step.CatchUp && s.server().equals(server));
    }

    /** Who has left replication already is no worse a source for settings that cannot be taken away. */
    private static boolean isCleanUp(FailoverFacts facts, Step step) {
        return step instanceof Step.Detach && facts.progress().finished(new Step.Detach(step.server(), true));
    }

    private static boolean spends(Step step) {
        return step instanceof Step.ApplyRelayLog
                || step instanceof Step.CatchUp
                || step instanceof Step.Level
                || step instanceof Step.Detach
                || step instanceof Step.ReadCoordinates;
    }
}
