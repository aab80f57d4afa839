package io.mha4j.decision;

import io.mha4j.base.AddedLater;
import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How a finished failover ended.
 *
 * @param newSource   who is the source now
 * @param coordinates where its binary log ended when it was opened
 * @param following   replicas that follow it, verified
 * @param leftBehind  replicas that do not, each with the reason; the new source too, if it takes no writes any more
 * @param detached    whether the new source has lost its replication settings, or was to keep them
 * @param addressMissing why the new source, which takes writes, may be without the clients' address
 * @param unfit       other servers that were dead or broken from the start
 * @param verdict     what may have been lost
 * @param fence       whether the old source is stopped for good
 */
public record FailoverSummary(
        ServerId newSource,
        Optional<BinlogPosition> coordinates,
        SortedSet<ServerId> following,
        SortedMap<ServerId, String> leftBehind,
        boolean detached,
        @AddedLater Optional<String> addressMissing,
        List<ServerId> unfit,
        LossVerdict verdict,
        StepResult.Fenced fence) {

    /** MHA's exit status 0: everybody who was configured follows, and the new source, with its address, nobody. Otherwise it is 10. */
    public boolean complete() {
        return recovered() && addressMissing.isEmpty();
    }

    /** The same as a number. With {@code strictVerdict} it is 10 also where something that was acknowledged is lost, or may be. */
    public int exitStatus(boolean strictVerdict) {
        boolean lost = verdict.warning().isPresent();
        return complete() && !(strictVerdict && lost) ? 0 : 10;
    }

    /** Whether all servers are as they should be. */
    public boolean recovered() {
        return leftBehind.isEmpty() && detached && unfit.isEmpty();
    }

    /** Why the new source takes no writes any more; empty where it does, as far as could be seen. */
    public Optional<String> newSourceLost() {
        return Optional.ofNullable(leftBehind.get(newSource));
    }

    /** Reads the outcome off a run that the planner called finished. */
    public static FailoverSummary of(FailoverFacts facts, FailoverPlanner planner) {
        ServerId newSource = planner.newSource(facts)
                .orElseThrow(() -> new IllegalStateException("a finished failover without a new source"));
        SortedSet<ServerId> following = new TreeSet<>();
        SortedMap<ServerId, String> left = new TreeMap<>(planner.leftBehind(facts));
        for (Outcome outcome : facts.progress().outcomes()) {
            if (outcome instanceof Outcome.Failed failed && outcome.step() instanceof Step.ConfirmOpen) {
                left.put(failed.step().server(), failed.why());
            }
            if (outcome.step() instanceof Step.Repoint || outcome.step() instanceof Step.AwaitSync) {
                if (outcome instanceof Outcome.Failed failed) {
                    left.put(failed.step().server(), failed.why());
                } else {
                    following.add(outcome.step().server());
                }
            }
        }
        following.removeAll(left.keySet());
        Step clean = new Step.Detach(newSource, false);
        boolean detached =
                facts.progress().failures().noneMatch(failed -> failed.step().equals(clean));
        return new FailoverSummary(
                newSource,
                coordinates(facts, newSource),
                following,
                left,
                detached,
                addressMissing(facts, newSource),
                facts.unfit(),
                planner.verdict(facts),
                planner.fence(facts));
    }

    /** Why {@code newSource}, which was opened, may be without the clients' address. */
    public static Optional<String> addressMissing(FailoverFacts facts, ServerId newSource) {
        return facts.progress()
                .result(new Step.ConfirmOpen(newSource), StepResult.Open.class)
                .flatMap(StepResult.Open::addressMissing);
    }

    private static Optional<BinlogPosition> coordinates(FailoverFacts facts, ServerId newSource) {
        return facts.progress()
                .result(new Step.ReadCoordinates(newSource), StepResult.Coordinates.class)
                .map(StepResult.Coordinates::end);
    }
}
