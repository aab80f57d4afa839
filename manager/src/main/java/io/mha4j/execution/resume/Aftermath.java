package io.mha4j.execution.resume;

import io.mha4j.base.ServerId;
import io.mha4j.decision.FailoverPlanner;
import io.mha4j.decision.Step;
import io.mha4j.execution.resume.FailoverJournal.CutRun;
import io.mha4j.topology.Replica;
import io.mha4j.topology.ReplicaStatus;
import io.mha4j.topology.ServerFacts;
import io.mha4j.topology.ServerState;
import io.mha4j.topology.Snapshot;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether servers still stand where a run that was cut off can have left them. If somebody went on by hand since, its journal
 * says nothing about them any more, and going on with it would undo their work. Judges only.
 */
public final class Aftermath {
    /** What is to become of a run that was cut off. */
    public sealed interface Sequel {
        /** It is gone on with where it was. */
        record Finish() implements Sequel {}

        /** What it did is taken back: the source answers again, and nothing but replication threads was touched. */
        record Undo() implements Sequel {}

        /** Nothing is touched: the source answers again, and clients may have been led away from it. */
        record SourceBack() implements Sequel {}

        /**
         * Nothing is touched: somebody went on without it.
         *
         * @param what one clause
         */
        record Foreign(String what) implements Sequel {}
    }

    private final CutRun cut;
    private final ServerId oldSource;
    private final Optional<ServerId> newSource;

    private Aftermath(CutRun cut) {
        this.cut = cut;
        this.oldSource = cut.facts().tree().source();
        this.newSource = new FailoverPlanner().newSource(cut.facts());
    }

    /** What follows from where the servers stand now. */
    public static Sequel sequel(CutRun cut, Snapshot now) {
        Optional<String> foreign = foreign(cut, now);
        if (foreign.isPresent()) {
            return new Sequel.Foreign(foreign.get());
        }
        ServerId source = cut.facts().tree().source();
        boolean answers = !cut.opened() && !(now.servers().get(source) instanceof ServerState.Unreachable);
        if (!answers) {
            return new Sequel.Finish();
        }
        return cut.irreversible() ? new Sequel.SourceBack() : new Sequel.Undo();
    }

    /** What one server shows that the run did not do, as a clause; nothing if it can go on. Silent servers show nothing. */
    public static Optional<String> foreign(CutRun cut, Snapshot now) {
        Aftermath after = new Aftermath(cut);
        return cut.facts().tree().replicas().stream()
                .flatMap(r -> now.facts(r.id()).flatMap(f -> after.foreign(r, f)).stream())
                .findFirst();
    }

    private Optional<String> foreign(Replica before, ServerFacts now) {
        ServerId id = before.id();
        boolean chosen = newSource.filter(id::equals).isPresent();
        if (!openedByRun(id) && before.facts().readOnly() && !now.readOnly()) {
            return Optional.of(id + " takes writes");
        }
        Optional<ReplicaStatus> status = now.replication().stream()
                .filter(s -> s.channel().equals(before.status().channel()))
                .filter(ReplicaStatus::follows)
                .findFirst();
        if (status.isEmpty()) {
            return changedByRun(id) ? Optional.empty() : Optional.of(id + " does not replicate any more");
        }
        boolean receives = !status.get().receiver().word().equals("No");
        if (chosen && detached(id) && receives) {
            return Optional.of(id + ", which was to be the new master, replicates from "
                    + status.get().source());
        }
        return isKnown(before, status.get())
                ? Optional.empty()
                : Optional.of(id + " replicates from " + status.get().source());
    }

    /** Whom a replica may follow: the old source as it knew it, a feed, the new source, or one that it caught up from. */
    private boolean isKnown(Replica before, ReplicaStatus now) {
        Set<ServerId> helpers = cut.begun()
                .filter(Step.CatchUp.class::isInstance)
                .map(s -> ((Step.CatchUp) s).from())
                .collect(Collectors.toSet());
        return now.pointsAs(before.status())
                || now.isBeingLevelled()
                || now.pointsTo(oldSource)
                || newSource.filter(now::pointsTo).isPresent()
                || helpers.stream().anyMatch(now::pointsTo);
    }

    /** Whether the run may have been about to change its source. */
    private boolean changedByRun(ServerId server) {
        return cut.begun()
                .filter(s -> s.server().equals(server))
                .anyMatch(s -> s instanceof Step.Level
                        || s instanceof Step.Repoint
                        || s instanceof Step.CatchUp
                        || s instanceof Step.Detach);
    }

    /** Whether the run may have let clients write to it; scripts that give it the address may do that too. */
    private boolean openedByRun(ServerId server) {
        return cut.begun()
                .filter(s -> s.server().equals(server))
                .anyMatch(s -> s instanceof Step.MakeWritable || s instanceof Step.AssignAddress);
    }

    private boolean detached(ServerId server) {
        return cut.facts().progress().outcomes().stream()
                .anyMatch(o ->
                        o.step() instanceof Step.Detach && o.step().server().equals(server));
    }
}
