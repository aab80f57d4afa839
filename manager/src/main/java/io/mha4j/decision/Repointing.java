package io.mha4j.decision;

import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.topology.Replica;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which replicas can follow the new source, how, and why not the others. */
final class Repointing {
    private final FailoverFacts facts;
    private final Election election;
    private final ServerId newSource;

    Repointing(FailoverFacts facts, Election election) {
        this.facts = facts;
        this.election = election;
        this.newSource = election.ballot().winner().orElseThrow();
    }

    /** One step for each replica that can be re-pointed without guessing. */
    List<Step> moves() {
        List<Step> moves = new ArrayList<>();
        others().stream().filter(r -> obstacle(r.id()).isEmpty()).forEach(r -> move(r).ifPresent(moves::add));
        return moves;
    }

    /** Replicas that stay behind, each with the reason. */
    SortedMap<ServerId, String> leftBehind() {
        SortedMap<ServerId, String> left = new TreeMap<>();
        others().forEach(r -> obstacle(r.id()).ifPresent(why -> left.put(r.id(), why)));
        return left;
    }

    private List<Replica> others() {
        return facts.tree().replicas().stream()
                .filter(r -> !r.id().equals(newSource))
                .toList();
    }

    private Optional<String> obstacle(ServerId server) {
        Optional<Outcome> stop = facts.progress().of(new Step.StopReceiver(server));
        if (stop.isPresent() && stop.get() instanceof Outcome.Failed failed) {
            return Optional.of(failed.why());
        }
        if (facts.usesGtids() || election.isLatest(server)) {
            return Optional.empty();
        }
        return Optional.of("it has read less of the old source's binary log than the new source, and levelling by"
                + " relay log is not available; it was left as it is, its receiver stopped");
    }

    private Optional<Step> move(Replica replica) {
        String sourceName = replica.nameFor(newSource);
        if (facts.usesGtids()) {
            return Optional.of(
                    new Step.Repoint(replica.id(), newSource, sourceName, new Step.Start.ByGtid(), Optional.empty()));
        }
        return coordinates()
                .map(c -> new Step.Repoint(
                        replica.id(), newSource, sourceName, new Step.Start.At(c.end()), appliedByNewSource()));
    }

    private Optional<StepResult.Coordinates> coordinates() {
        return facts.progress().result(new Step.ReadCoordinates(newSource), StepResult.Coordinates.class);
    }

    private Optional<BinlogPosition> appliedByNewSource() {
        return facts.progress()
                .result(new Step.ApplyRelayLog(newSource), StepResult.ReplicaAt.class)
                .flatMap(at -> at.status().applied());
    }
}
