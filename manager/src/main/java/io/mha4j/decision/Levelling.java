package io.mha4j.decision;

import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.Gtids;
import io.mha4j.topology.ReplicaStatus;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which steps give one replica everything that could be saved: first its own relay log; then, with GTIDs, another replica,
 * where the old source's log does not reach back far enough; then relay logs of another; then the old source's log. The
 * relay log of one that is delayed on purpose is not waited for but saved, and given to it like another's.
 */
final class Levelling {
    private final FailoverFacts facts;
    private final Election election;
    private final Rescue rescue;

    Levelling(FailoverFacts facts, Election election) {
        this.facts = facts;
        this.election = election;
        this.rescue = election.rescue();
    }

    /** The next steps for the one that is to be the new source, side by side; empty when it is level. */
    List<Step> nextForNewSource(ServerId chosen) {
        Optional<ServerId> helper = helper(chosen);
        if (helper.isEmpty()) {
            return next(chosen);
        }
        Step helpersLog = new Step.ApplyRelayLog(helper.get());
        List<Step> logs = facts.progress().left(List.of(helpersLog, new Step.ApplyRelayLog(chosen)));
        List<Step> catchUp = logs.isEmpty() ? left(new Step.CatchUp(chosen, helper.get(), executed(helpersLog))) : logs;
        return catchUp.isEmpty() ? next(chosen) : catchUp;
    }

    /** The next steps for another replica that the new source does not level; empty when it is level or cannot be. */
    List<Step> nextForOther(ServerId server) {
        return lacks(server) ? next(server) : List.of();
    }

    private List<Step> next(ServerId server) {
        return ownLog(server).stream()
                .filter(step -> !facts.progress().finished(step))
                .findFirst()
                .map(this::left)
                .orElseGet(() -> nextFromArchive(server));
    }

    /** What executes its own relay log, as far as that is known; nothing where the old source's log gives the same. */
    private List<Step> ownLog(ServerId server) {
        Optional<BinlogPosition> heldBack = holdsBackFrom(server);
        if (heldBack.isEmpty()) {
            return List.of(new Step.ApplyRelayLog(server));
        }
        if (rescue.tailFrom(heldBack, false).isPresent()) {
            return List.of();
        }
        Step save = new Step.SaveRelayLog(server, heldBack.get());
        Stream<Step> give = facts.progress().result(save, StepResult.Saved.class).stream()
                .map(own -> new Step.Level(server, own.archive(), own.end()));
        return Stream.concat(Stream.of(save), give).toList();
    }

    /** From where on it holds back on purpose what it is to be given all the same. */
    private Optional<BinlogPosition> holdsBackFrom(ServerId server) {
        return facts.usesGtids() || !facts.settings(server).levelling().delayedToo()
                ? Optional.empty()
                : whenStopped(server)
                        .map(StepResult.ReplicaAt::status)
                        .filter(s -> !s.delay().isZero() && !s.appliedAllItRead())
                        .flatMap(ReplicaStatus::applied);
    }

    private List<Step> nextFromArchive(ServerId server) {
        Optional<BinlogPosition> place = placeOf(server);
        boolean hasAll = election.needsNothing(server) || hasCaughtUp(server);
        Optional<StepResult.Saved> tail = rescue.tailFrom(place, hasAll);
        if (tail.isPresent()) {
            return levelTo(server, place, tail.get());
        }
        return hasAll && rescue.tail().isEmpty()
                ? List.of()
                : ownLogEnd(server).map(own -> nextFromRelayLogs(server, own)).orElse(List.of());
    }

    /** How far it is after its own relay log was executed. */
    private Optional<BinlogPosition> ownLogEnd(ServerId server) {
        return holdsBackFrom(server)
                .map(from -> facts.progress()
                        .result(new Step.SaveRelayLog(server, from), StepResult.Saved.class)
                        .map(StepResult.Saved::end))
                .orElseGet(() -> rescue.ownLogApplied(server));
    }

    private List<Step> nextFromRelayLogs(ServerId server, BinlogPosition own) {
        return rescue.relayLog(server, own)
                .map(saved -> levelTo(server, Optional.of(own), saved))
                .orElseGet(() -> rescue.nextRelayLog(server, own).map(List::of).orElse(List.of()));
    }

    private List<Step> levelTo(ServerId server, Optional<BinlogPosition> place, StepResult.Saved saved) {
        boolean level = place.filter(p -> p.isAtOrAfter(saved.end())).isPresent();
        return level && hasGtids(server, saved)
                ? List.of()
                : left(new Step.Level(server, saved.archive(), saved.end()));
    }

    /** Positions may be equal though transactions are not; with GTIDs they decide. */
    private boolean hasGtids(ServerId server, StepResult.Saved saved) {
        Optional<Gtids> executed = facts.progress()
                .result(new Step.ApplyRelayLog(server), StepResult.ReplicaAt.class)
                .flatMap(StepResult.ReplicaAt::executed);
        return !facts.usesGtids()
                || saved.gtids().isEmpty()
                || executed.filter(has -> has.covers(saved.gtids().get())).isPresent();
    }

    private List<Step> left(Step step) {
        return facts.progress().left(List.of(step));
    }

    /** With GTIDs, where the old source's log does not help: the replica that can give it what it lacks, if it lacks anything. */
    private Optional<ServerId> helper(ServerId chosen) {
        boolean log = rescue.tailFrom(
                        whenStopped(chosen).flatMap(at -> at.status().applied()), false)
                .isPresent();
        return log ? Optional.empty() : election.helper(chosen).map(Candidate::id);
    }

    private Optional<StepResult.ReplicaAt> whenStopped(ServerId server) {
        return facts.progress().result(new Step.StopReceiver(server), StepResult.ReplicaAt.class);
    }

    private Gtids executed(Step helpersLog) {
        return facts.progress()
                .result(helpersLog, StepResult.ReplicaAt.class)
                .flatMap(StepResult.ReplicaAt::executed)
                .map(election.origins()::awaitable)
                .orElseThrow(() -> new IllegalStateException(helpersLog + " told no GTIDs"));
    }

    /** Whether a replica has received less than there is to be had, or does not execute what it received. */
    boolean lacks(ServerId server) {
        Optional<BinlogPosition> read =
                whenStopped(server).flatMap(at -> at.status().read());
        return holdsBackFrom(server).isPresent()
                || rescue.tail()
                        .map(t -> read.filter(r -> r.isAtOrAfter(t.end())).isEmpty())
                        .orElse(!election.isLatest(server));
    }

    /** Whether it lacks what the old source's binary log, as far as it was saved, does not give it. */
    boolean needsRelayLogs(ServerId server) {
        return lacks(server)
                && rescue.tailFrom(whenStopped(server).flatMap(at -> at.status().applied()), election.isLatest(server))
                        .isEmpty();
    }

    /** Whether nobody has received more. */
    boolean holdsMost(ServerId server) {
        return election.isLatest(server);
    }

    /** With GTIDs, what a replica has executed or holds in its relay log after all that was done to it, as far as it is in {@code all}. */
    Gtids given(ServerId server, Gtids all) {
        Gtids none = Gtids.minus(all, all);
        Stream<Gtids> received = whenStopped(server).stream()
                .flatMap(at -> Stream.of(at.executed(), at.status().retrieved()))
                .flatMap(Optional::stream);
        Stream<Gtids> later = facts
                .progress()
                .result(new Step.ApplyRelayLog(server), StepResult.ReplicaAt.class)
                .flatMap(StepResult.ReplicaAt::executed)
                .stream();
        Stream<Gtids> last = levelled(server).flatMap(StepResult.Levelled::executed).stream();
        return Stream.of(received, later, last).flatMap(each -> each).reduce(none, Gtids::union);
    }

    /** What a replica was after it got what the last of the archives holds; empty when none was needed or all failed. */
    Optional<StepResult.Levelled> levelled(ServerId server) {
        return ended(server)
                .filter(o -> o.step() instanceof Step.Level)
                .flatMap(o -> facts.progress().result(o.step(), StepResult.Levelled.class).stream())
                .max((a, b) -> a.at().compareTo(b.at()));
    }

    private Stream<Outcome> ended(ServerId server) {
        return facts.progress().outcomes().stream()
                .filter(o -> o.step().server().equals(server));
    }

    /** How far a replica is in the old source's binary log after all that was done to it. */
    Optional<BinlogPosition> placeOf(ServerId server) {
        return levelled(server)
                .map(StepResult.Levelled::at)
                .or(() -> caughtUp(server))
                .or(() -> holdsBackFrom(server))
                .or(() -> rescue.ownLogApplied(server));
    }

    private Optional<BinlogPosition> caughtUp(ServerId server) {
        return catchUps(server)
                .flatMap(c -> rescue.ownLogApplied(c.from()).stream())
                .findFirst();
    }

    private boolean hasCaughtUp(ServerId server) {
        return catchUps(server).findAny().isPresent();
    }

    private Stream<Step.CatchUp> catchUps(ServerId server) {
        return ended(server)
                .filter(o -> o instanceof Outcome.Finished)
                .flatMap(o -> o.step() instanceof Step.CatchUp c ? Stream.of(c) : Stream.empty());
    }

    /** Why a replica that lacks something did not get it; empty when it lacks nothing that the new source has. */
    Optional<String> obstacle(ServerId server, ServerId newSource) {
        Optional<BinlogPosition> goal = rescue.tail().map(StepResult.Saved::end).or(() -> placeOf(newSource));
        boolean level = placeOf(server).flatMap(p -> goal.map(p::isAtOrAfter)).orElse(false);
        if (!lacks(server) || level) {
            return Optional.empty();
        }
        return ended(server)
                .filter(o -> o.step() instanceof Step.ApplyRelayLog || o.step() instanceof Step.Level)
                .flatMap(o -> o instanceof Outcome.Failed f ? Stream.of(f.why()) : Stream.empty())
                .findFirst()
                .or(() -> Optional.of("it has received less than others and what it lacks could not be saved: "
                        + String.join("; ", rescue.failures())));
    }
}
