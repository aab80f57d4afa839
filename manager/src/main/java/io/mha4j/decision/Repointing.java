package io.mha4j.decision;

import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.Gtids;
import io.mha4j.topology.Replica;
import io.mha4j.topology.ReplicaStatus;
import io.mha4j.topology.ServerFacts;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Which replicas can follow the new source, how, what they need before that, and why not the others. */
final class Repointing {
    private final FailoverFacts facts;
    private final Rescue rescue;
    private final Levelling levelling;
    private final Origins origins;
    private final ServerId newSource;

    Repointing(Standing at) {
        this.facts = at.facts();
        this.rescue = at.rescue();
        this.levelling = at.levelling();
        this.origins = at.origins();
        this.newSource = at.newSource().orElseThrow();
    }

    /**
     * The moves of those that lack nothing; they need not wait for the others, unless others may need their relay logs, which
     * a server throws away when it is pointed elsewhere. By GTID all move, where the new source has what they lack in its log.
     */
    List<Step> readyMoves() {
        boolean read = needRelayLogs();
        return moves(r -> newSourceGives() || (!levelling.lacks(r.id()) && !(read && levelling.holdsMost(r.id()))));
    }

    /**
     * What the others need before they can move, as far as it can be told yet. While relay logs are still to be saved none of
     * those that may be asked for theirs is levelled, which would cost it them.
     */
    List<Step> preparations() {
        List<Step> own = facts.usesGtids() && facts.wishes().repoint() ? ownLogs() : List.of();
        List<Step> steps = Stream.concat(
                        own.stream(),
                        others().stream()
                                .filter(this::awaitsLevelling)
                                .flatMap(r -> levelling.nextForOther(r.id()).stream()))
                .distinct()
                .toList();
        boolean saving = steps.stream().anyMatch(this::savesRelayLogs);
        return steps.stream()
                .filter(s -> !(saving && s instanceof Step.Level && levelling.holdsMost(s.server())))
                .toList();
    }

    /** Now, or after the one that may need them has executed its own. */
    private boolean savesRelayLogs(Step step) {
        return step instanceof Step.SaveRelayLog
                || (step instanceof Step.ApplyRelayLog && levelling.needsRelayLogs(step.server()));
    }

    /** Whether somebody lacks what may be in relay logs alone. */
    boolean needRelayLogs() {
        return others().stream().anyMatch(r -> awaitsLevelling(r) && levelling.needsRelayLogs(r.id()));
    }

    /**
     * Whether it is for the manager to give it what it may lack; by GTID the new source itself does, unless nobody is to be pointed at
     * it, or it did not log what it has. Then one that is delayed on purpose is left alone whatever its section says: its own relay log would be waited for.
     */
    private boolean awaitsLevelling(Replica replica) {
        boolean prompt = replica.status().delay().isZero();
        boolean wanted = !facts.usesGtids()
                || (prompt
                        && (facts.wishes().repoint()
                                ? !newSourceGives()
                                : missing(replica).isPresent()));
        return wanted
                && receiverStopped(replica.id()).isEmpty()
                && heldBack(replica).isEmpty();
    }

    /** Whether the new source itself gives those that follow it what they lack: by GTID, and from its log. */
    private boolean newSourceGives() {
        return facts.usesGtids()
                && facts.tree()
                        .replica(newSource)
                        .flatMap(s -> s.facts().binlog())
                        .filter(ServerFacts.OwnBinlog::logReplicaUpdates)
                        .isPresent();
    }

    /** With GTIDs, what the new source had when it was opened and a replica has not been given. */
    private Optional<Gtids> missing(Replica replica) {
        return coordinates()
                .flatMap(StepResult.Coordinates::executed)
                .map(origins::awaitable)
                .map(all -> Gtids.minus(all, levelling.given(replica.id(), all)))
                .filter(lacked -> !lacked.isEmpty());
    }

    /** One step for each replica that can be re-pointed without guessing. */
    List<Step> moves() {
        return moves(r -> true);
    }

    private List<Step> moves(Predicate<Replica> wanted) {
        return others().stream()
                .filter(wanted)
                .filter(r -> obstacle(r).isEmpty())
                .flatMap(r -> move(r).stream())
                .toList();
    }

    /** Replicas that stay behind, each with the reason. */
    SortedMap<ServerId, String> leftBehind() {
        SortedMap<ServerId, String> left = new TreeMap<>();
        others().forEach(r -> obstacle(r).ifPresent(why -> left.put(r.id(), why)));
        return left;
    }

    private List<Replica> others() {
        return facts.tree().replicas().stream()
                .filter(r -> !r.id().equals(newSource))
                .toList();
    }

    private Optional<String> obstacle(Replica replica) {
        Optional<String> stop = receiverStopped(replica.id());
        if (stop.isPresent()) {
            return stop;
        }
        if (!facts.usesGtids()) {
            return unlevelled(replica);
        }
        return facts.wishes().repoint() ? refused(replica) : leftLacking(replica);
    }

    private Optional<String> unlevelled(Replica replica) {
        return heldBack(replica).or(() -> levelling.obstacle(replica.id(), newSource));
    }

    private Optional<String> leftLacking(Replica replica) {
        return missing(replica)
                .map(lacked -> "it is left where it is (--skip_change_master) and lacks " + lacked
                        + " of the new master's transactions"
                        + unlevelled(replica).map(why -> ": " + why).orElse(""));
    }

    /**
     * What is executed of one's own relay log first, since the new source has purged of it and would send nothing without (error 1236);
     * being pointed there throws the relay log away. Not of one that is delayed on purpose.
     */
    private List<Step> ownLogs() {
        List<Step> logs = others().stream()
                .filter(r -> receiverStopped(r.id()).isEmpty())
                .filter(r -> refused(r).isPresent() && isInRelayLog(r))
                .filter(r -> lastStatus(r).delay().isZero())
                .map(r -> (Step) new Step.ApplyRelayLog(r.id()))
                .toList();
        return facts.progress().left(logs);
    }

    /**
     * By GTID: why the new source would send it nothing; then it keeps its relay log. One that follows was let in, and may no longer say
     * what it had before: MariaDB names of each domain the last transaction.
     */
    private Optional<String> refused(Replica replica) {
        Optional<Gtids> gone = follows(replica.id()) ? Optional.empty() : gone(executed(replica.id()));
        return gone.map(lacked -> {
            boolean held = isInRelayLog(replica);
            String keep =
                    "its relay log, which has them, is kept: point it to the new source once it has executed that";
            return newSourceGives()
                    ? "the new source has purged %s, which it has not executed, and would send it nothing (error 1236); %s"
                            .formatted(lacked, held ? keep : "build it anew")
                    : "the new source did not log %s (log_slave_updates is off there), which it has not executed, and would send it nothing (error 1236); %s"
                            .formatted(lacked, held ? keep : unlevelled(replica).orElse("build it anew"));
        });
    }

    private boolean follows(ServerId server) {
        return facts.progress().outcomes().stream()
                .anyMatch(o -> o instanceof Outcome.Finished
                        && o.step() instanceof Step.Repoint
                        && o.step().server().equals(server));
    }

    private boolean isInRelayLog(Replica replica) {
        Optional<Gtids> executed = executed(replica.id());
        Optional<Gtids> received = lastStatus(replica).retrieved();
        return gone(received.isEmpty() ? executed : executed.map(done -> Gtids.union(done, received.get())))
                .isEmpty();
    }

    /** What the new source no longer has in its log of what one lacks that has these; empty where that is nothing or cannot be told. */
    private Optional<Gtids> gone(Optional<Gtids> has) {
        return Stream.concat(purged().stream(), unlogged().stream())
                .reduce(Gtids::union)
                .flatMap(gone -> has.map(h -> Gtids.minus(gone, h)))
                .filter(gone -> !gone.isEmpty());
    }

    private Optional<Gtids> purged() {
        return facts.tree().replica(newSource).flatMap(s -> s.facts().purged());
    }

    /** What it never had there: all but what it wrote itself. */
    private Optional<Gtids> unlogged() {
        return newSourceGives()
                ? Optional.empty()
                : coordinates().flatMap(StepResult.Coordinates::executed).map(all -> facts.tree()
                        .replica(newSource)
                        .flatMap(s -> s.facts().written(all))
                        .map(own -> Gtids.minus(all, own))
                        .orElse(all));
    }

    /** What it had executed after the last that was done to it. */
    private Optional<Gtids> executed(ServerId server) {
        return facts.progress().outcomes().stream()
                .filter(o -> o.step().server().equals(server))
                .flatMap(o -> o instanceof Outcome.Finished f ? Stream.of(f.result()) : Stream.empty())
                .flatMap(r -> executed(r).stream())
                .reduce((first, last) -> last);
    }

    private static Optional<Gtids> executed(StepResult result) {
        if (result instanceof StepResult.ReplicaAt at) {
            return at.executed();
        }
        return result instanceof StepResult.Levelled at ? at.executed() : Optional.empty();
    }

    private ReplicaStatus lastStatus(Replica replica) {
        return facts.progress()
                .result(new Step.StopReceiver(replica.id()), StepResult.ReplicaAt.class)
                .map(StepResult.ReplicaAt::status)
                .orElse(replica.status());
    }

    /**
     * By position one that is delayed on purpose could follow only after it executed what it was told to hold back; it does
     * so only where the operator said that it may.
     */
    private Optional<String> heldBack(Replica replica) {
        ReplicaStatus status = lastStatus(replica);
        boolean leftAlone = !facts.settings(replica.id()).levelling().delayedToo();
        boolean holds =
                leftAlone && !status.delay().isZero() && (!status.appliedAllItRead() || levelling.lacks(replica.id()));
        return holds
                ? Optional.of("it applies with a delay of %d s on purpose and is left alone"
                        .formatted(status.delay().toSeconds()))
                : Optional.empty();
    }

    /** Why its receiver could not be stopped. */
    private Optional<String> receiverStopped(ServerId server) {
        return facts.progress()
                .failures()
                .filter(f -> f.step().equals(new Step.StopReceiver(server)))
                .map(Outcome.Failed::why)
                .findFirst();
    }

    private Optional<Step> move(Replica replica) {
        String sourceName = replica.nameFor(newSource);
        if (facts.usesGtids()) {
            return Optional.of(
                    new Step.Repoint(replica.id(), newSource, sourceName, new Step.Start.ByGtid(), Optional.empty()));
        }
        return coordinates()
                .map(c -> new Step.Repoint(
                        replica.id(), newSource, sourceName, new Step.Start.At(c.end()), mustBeAt(replica.id())));
    }

    private Optional<StepResult.Coordinates> coordinates() {
        return facts.progress().result(new Step.ReadCoordinates(newSource), StepResult.Coordinates.class);
    }

    /** What its status must have come to. One that SQL levelled shows less than it has; it must show that still. */
    private Optional<BinlogPosition> mustBeAt(ServerId server) {
        return levelling.levelled(server).map(l -> l.status().applied()).orElseGet(() -> rescue.tail()
                .map(StepResult.Saved::end)
                .or(() -> levelling.placeOf(newSource)));
    }
}
