package io.mha4j.decision;

import io.mha4j.base.ServerId;
import io.mha4j.topology.ReplicaStatus;
import io.mha4j.topology.ServerFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Who stands in an election, and with which figures. */
final class Field {
    private Field() {}

    /** Every living replica as the sweep saw it: figures that may still move. */
    static List<Candidate> asSwept(FailoverFacts facts) {
        List<Candidate> field = new ArrayList<>();
        facts.tree().replicas().forEach((server, status) -> sweptFacts(facts, server)
                .ifPresent(f -> field.add(new Candidate(facts.settings(server), f, status, f.executed()))));
        return field;
    }

    /**
     * Every replica whose receiver has stopped, with the figures read after that. Later figures are left aside on
     * purpose: the election must not change its mind because a step of ours moved a replica.
     */
    static List<Candidate> stoppedReceivers(FailoverFacts facts) {
        List<Candidate> field = new ArrayList<>();
        for (ServerId server : facts.tree().replicas().keySet()) {
            facts.progress()
                    .result(new Step.StopReceiver(server), StepResult.ReplicaAt.class)
                    .ifPresent(at -> candidate(facts, server, at.status(), at).ifPresent(field::add));
        }
        return field;
    }

    private static Optional<Candidate> candidate(
            FailoverFacts facts, ServerId server, ReplicaStatus status, StepResult.ReplicaAt at) {
        return sweptFacts(facts, server).map(f -> new Candidate(facts.settings(server), f, status, at.executed()));
    }

    private static Optional<ServerFacts> sweptFacts(FailoverFacts facts, ServerId server) {
        return facts.snapshot().facts(server);
    }

    /** Those who failed at levelling or at being prepared as new source; none of them is tried again. */
    static Set<ServerId> spent(FailoverFacts facts) {
        Set<ServerId> spent = new TreeSet<>();
        facts.progress()
                .failures()
                .map(Outcome.Failed::step)
                .filter(Field::spends)
                .forEach(s -> spent.add(s.server()));
        return spent;
    }

    private static boolean spends(Step step) {
        return step instanceof Step.ApplyRelayLog
                || step instanceof Step.CatchUp
                || step instanceof Step.Detach
                || step instanceof Step.ReadCoordinates;
    }
}
