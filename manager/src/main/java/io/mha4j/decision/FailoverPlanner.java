package io.mha4j.decision;

import io.mha4j.base.ServerId;
import io.mha4j.binlog.Gtids;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Plans the failover from a dead source, one group of steps at a time. Pure: the same facts give the same answer, so a
 * run that was cut anywhere and is asked again with the outcomes that its journal holds goes on where it was.
 *
 * <p>Order of the whole: check and elect provisionally; stop every receiver; cut the old source off; elect finally;
 * level the new source; detach it, read its coordinates once, give it the address, open it; re-point the others. When the
 * chosen replica fails before it was opened, the next best is tried.
 */
public final class FailoverPlanner {
    private final List<Function<FailoverFacts, Optional<Next>>> phases =
            List.of(this::check, this::cutOff, this::level, this::open, this::repoint);

    /** What to do next, or why not. */
    public Next next(FailoverFacts facts) {
        return phases.stream()
                .flatMap(phase -> phase.apply(facts).stream())
                .findFirst()
                .orElseGet(() -> new Next.Finished(newSource(facts).orElseThrow()));
    }

    /** The new source as the final election sees it now; absent while receivers still run or when nobody is eligible. */
    public Optional<ServerId> newSource(FailoverFacts facts) {
        return receivers(facts).stream().allMatch(facts.progress()::ended)
                ? finalElection(facts).ballot().winner()
                : Optional.empty();
    }

    /** The election as it stands: provisional until every receiver has stopped. */
    public Ballot ballot(FailoverFacts facts) {
        return facts.progress().outcomes().isEmpty()
                ? new Election(facts, Field.asSwept(facts), Set.of()).ballot()
                : finalElection(facts).ballot();
    }

    /** Replicas that cannot be re-pointed without guessing, each with the reason. */
    public Map<ServerId, String> leftBehind(FailoverFacts facts) {
        return new Repointing(facts, finalElection(facts)).leftBehind();
    }

    private Optional<Next> check(FailoverFacts facts) {
        if (!facts.progress().outcomes().isEmpty()) {
            return Optional.empty();
        }
        if (facts.tree().sourceAlive()) {
            return refuse(new Refusal.SourceAlive(facts.oldSource()));
        }
        List<ServerId> unfit = unfit(facts);
        if (!unfit.isEmpty()) {
            return refuse(new Refusal.ServersUnfit(unfit));
        }
        Ballot provisional = ballot(facts);
        if (provisional.winner().isPresent()) {
            return Optional.empty();
        }
        return refuse(facts.wishes()
                .newSource()
                .<Refusal>map(w -> new Refusal.ForcedUnfit(w.toString(), whyNot(w, provisional)))
                .orElseGet(() -> new Refusal.NobodyElectable(provisional)));
    }

    private static String whyNot(FailoverWishes.HostPort wanted, Ballot ballot) {
        return ballot.cards().stream()
                .filter(c ->
                        c.server().host().equals(wanted.host()) && c.server().port() == wanted.port())
                .map(c -> "it cannot be promoted: " + c.objections())
                .findFirst()
                .orElse("it is no living replica of this tree");
    }

    private static Optional<Next> refuse(Refusal why) {
        return Optional.of(new Next.Refused(why));
    }

    private static List<ServerId> unfit(FailoverFacts facts) {
        return facts.unfit().stream()
                .filter(s -> !facts.settings(s).roles().ignoreFail())
                .toList();
    }

    /** Stopped appliers start and receivers stop; only then is the election final, and only then do the hooks run. */
    private Optional<Next> cutOff(FailoverFacts facts) {
        List<Step> starts = new ArrayList<>();
        facts.tree().replicas().stream()
                .filter(r -> !r.status().applier().running())
                .forEach(r -> starts.add(new Step.StartApplier(r.id())));
        return group(facts, Phase.CHECK, starts, true)
                .or(() -> group(facts, Phase.CUT_OFF, receivers(facts), true))
                .or(() -> electedBeforeHooks(facts))
                .or(() -> hooks(facts));
    }

    private static List<Step> receivers(FailoverFacts facts) {
        return facts.tree().replicas().stream()
                .map(r -> (Step) new Step.StopReceiver(r.id()))
                .toList();
    }

    /** With the read positions known the election may come out empty; better now than after the address is gone. */
    private Optional<Next> electedBeforeHooks(FailoverFacts facts) {
        Ballot ballot = finalElection(facts).ballot();
        boolean hooksBegun = facts.progress().ended(withdraw(facts));
        return hooksBegun || ballot.winner().isPresent()
                ? Optional.empty()
                : refuse(new Refusal.NobodyElectable(ballot));
    }

    private static Step withdraw(FailoverFacts facts) {
        return new Step.WithdrawAddress(facts.oldSource(), facts.sshReachable());
    }

    private static Optional<Next> hooks(FailoverFacts facts) {
        List<Step> steps = List.of(withdraw(facts), new Step.ShutDown(facts.oldSource(), facts.sshReachable()));
        return stuckAt(facts, steps).or(() -> group(facts, Phase.CUT_OFF, steps, false));
    }

    private Optional<Next> level(FailoverFacts facts) {
        Election election = finalElection(facts);
        if (election.ballot().winner().isEmpty()) {
            return Optional.of(new Next.Stuck("no replica is left that can be the new source: "
                    + election.ballot().explanation() + "; level and promote one by hand"));
        }
        ServerId chosen = election.ballot().winner().get();
        if (!facts.usesGtids() || election.isLatest(chosen)) {
            return group(facts, Phase.LEVEL, List.of(new Step.ApplyRelayLog(chosen)), false);
        }
        ServerId helper = election.helper(Field.spent(facts)).orElseThrow().id();
        Step helpersLog = new Step.ApplyRelayLog(helper);
        return group(facts, Phase.LEVEL, List.of(helpersLog, new Step.ApplyRelayLog(chosen)), true)
                .or(() -> executed(facts, helpersLog)
                        .flatMap(all ->
                                group(facts, Phase.LEVEL, List.of(new Step.CatchUp(chosen, helper, all)), false)));
    }

    private static Optional<Gtids> executed(FailoverFacts facts, Step step) {
        return facts.progress().result(step, StepResult.ReplicaAt.class).flatMap(StepResult.ReplicaAt::executed);
    }

    private Optional<Next> open(FailoverFacts facts) {
        ServerId chosen = finalElection(facts).ballot().winner().orElseThrow();
        boolean keep = facts.settings(chosen).policy().skipResetSlave();
        List<Step> steps = new ArrayList<>();
        if (facts.wishes().repoint()) {
            steps.add(new Step.Detach(chosen, keep));
        }
        steps.add(new Step.ReadCoordinates(chosen));
        List<Step> opening = new ArrayList<>(List.of(new Step.AssignAddress(chosen, facts.oldSource())));
        if (facts.wishes().makeWritable()) {
            opening.add(new Step.MakeWritable(chosen));
        }
        steps.addAll(opening);
        return stuckAt(facts, opening).or(() -> group(facts, Phase.OPEN, steps, false));
    }

    private Optional<Next> repoint(FailoverFacts facts) {
        if (!facts.wishes().repoint()) {
            return Optional.empty();
        }
        List<Step> moves = new Repointing(facts, finalElection(facts)).moves();
        return group(facts, Phase.REPOINT, moves, true)
                .or(() -> group(facts, Phase.REPOINT, waits(facts, moves), true));
    }

    /** With GTIDs each replica that moved is waited for, until it has what the new source had when it was opened. */
    private List<Step> waits(FailoverFacts facts, List<Step> moves) {
        Optional<Gtids> upTo = newSource(facts)
                .flatMap(s -> facts.progress().result(new Step.ReadCoordinates(s), StepResult.Coordinates.class))
                .flatMap(StepResult.Coordinates::executed);
        if (!facts.usesGtids() || !facts.wishes().awaitSync() || upTo.isEmpty()) {
            return List.of();
        }
        return moves.stream()
                .filter(facts.progress()::finished)
                .map(m -> (Step) new Step.AwaitSync(m.server(), upTo.get()))
                .toList();
    }

    /** What is left of {@code steps}, as one group; empty when all have ended. */
    private static Optional<Next> group(FailoverFacts facts, Phase phase, List<Step> steps, boolean atOnce) {
        List<Step> left = facts.progress().left(steps);
        return left.isEmpty() ? Optional.empty() : Optional.of(new Next.Run(phase, left, atOnce));
    }

    /** A failure here cannot be made good by another candidate. */
    private static Optional<Next> stuckAt(FailoverFacts facts, List<Step> steps) {
        return facts.progress()
                .failures()
                .filter(f -> steps.contains(f.step()))
                .findFirst()
                .map(f -> new Next.Stuck(f.why()));
    }

    private static Election finalElection(FailoverFacts facts) {
        Set<ServerId> spent = new TreeSet<>(Field.spent(facts));
        return new Election(facts, Field.stoppedReceivers(facts), spent);
    }
}
