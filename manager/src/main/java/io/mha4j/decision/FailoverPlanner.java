package io.mha4j.decision;

import io.mha4j.base.Plural;
import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.Gtids;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Plans the failover from a dead source, one group of steps at a time. Pure: the same facts give the same answer, so a
 * run that was cut anywhere and is asked again with the outcomes that its journal holds goes on where it was.
 *
 * <p>Order of the whole: check and elect provisionally; stop every receiver; take the address away; fence the old source; save
 * its binary log; shut its host down, and save what it wrote until then if it was not gone before; elect finally; level the new source; ask the old one once more, if it is not proven to be stopped; detach the new one, read its coordinates once, give it
 * the address, open it; re-point those that lack nothing and, with GTIDs, wait for them, and see meanwhile that the old source stays away; level and re-point the others; see that the new source
 * takes writes still. When the chosen replica fails
 * before it was opened, the next best is tried.
 */
public final class FailoverPlanner {
    /** What to do next, or why not. */
    public Next next(FailoverFacts facts) {
        return check(facts).or(() -> stopReceivers(facts)).orElseGet(() -> afterElection(new Standing(facts)));
    }

    private static Next afterElection(Standing at) {
        return electedBeforeHooks(at)
                .or(() -> hooks(at))
                .or(() -> level(at))
                .or(() -> open(at))
                .or(() -> repointReady(at))
                .or(() -> repoint(at))
                .or(() -> forget(at))
                .or(() -> confirm(at))
                .orElseGet(() -> new Next.Finished(at.newSource().orElseThrow()));
    }

    /** The new source as the final election sees it now; absent while receivers still run or when nobody is eligible. */
    public Optional<ServerId> newSource(FailoverFacts facts) {
        return receivers(facts).stream().allMatch(facts.progress()::ended)
                ? new Standing(facts).newSource()
                : Optional.empty();
    }

    /** The election as it stands: provisional until every receiver has stopped. */
    public Ballot ballot(FailoverFacts facts) {
        return facts.progress().outcomes().isEmpty()
                ? new Election(facts, Field.asSwept(facts)).ballot()
                : new Standing(facts).ballot();
    }

    /** Why the proof that the operator demands of the old source's end could not be had; empty if it could, or none is demanded. */
    public Optional<Refusal> fenceImpossible(FailoverFacts facts) {
        return new Standing(facts).fenceImpossible();
    }

    /** Replicas that cannot be re-pointed without guessing, each with the reason. */
    public Map<ServerId, String> leftBehind(FailoverFacts facts) {
        return new Standing(facts).repointing().leftBehind();
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
        Standing now = new Standing(facts);
        Optional<Refusal> impossible =
                now.fenceImpossible().or(() -> now.rescue().impossible());
        if (impossible.isPresent()) {
            return refuse(impossible.get());
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
    private static Optional<Next> stopReceivers(FailoverFacts facts) {
        List<Step> starts = new ArrayList<>();
        facts.tree().replicas().stream()
                .filter(r -> !r.status().applier().running())
                .forEach(r -> starts.add(new Step.StartApplier(r.id())));
        return group(facts, Phase.CHECK, starts, true).or(() -> group(facts, Phase.CUT_OFF, receivers(facts), true));
    }

    private static List<Step> receivers(FailoverFacts facts) {
        return facts.tree().replicas().stream()
                .map(r -> (Step) new Step.StopReceiver(r.id()))
                .toList();
    }

    /** With the read positions known the election may come out empty; better now than after the address is gone. */
    private static Optional<Next> electedBeforeHooks(Standing at) {
        boolean hooksBegun = at.facts().progress().ended(withdraw(at.facts()));
        return hooksBegun || at.newSource().isPresent()
                ? Optional.empty()
                : refuse(new Refusal.NobodyElectable(at.ballot()));
    }

    private static Step withdraw(FailoverFacts facts) {
        return new Step.WithdrawAddress(facts.oldSource(), facts.sshReachable());
    }

    /**
     * The binary log is saved while its host is still up; that it cannot be saved does not stop the failover unless the operator wants that,
     * and then its host stays up. Where it was not seen to be
     * closed by then, and its server has been ended since, what came behind is saved too.
     */
    private static Optional<Next> hooks(Standing at) {
        FailoverFacts facts = at.facts();
        Step withdraw = withdraw(facts);
        Step shutDown = new Step.ShutDown(facts.oldSource(), facts.sshReachable());
        return stuckAt(facts, List.of(withdraw, shutDown))
                .or(() -> group(facts, Phase.CUT_OFF, List.of(withdraw), false))
                .or(() -> fence(at))
                .or(() -> at.rescue().nextTail().flatMap(save -> group(facts, Phase.CUT_OFF, List.of(save), false)))
                .or(() -> stuckUnread(at))
                .or(() -> at.mustStayAwayFirst() ? awaitFence(at) : Optional.empty())
                .or(() -> rest(at))
                .or(() -> group(facts, Phase.CUT_OFF, List.of(shutDown), false))
                .or(() -> rest(at))
                .or(() -> stuckUnfenced(at));
    }

    /** Not what is seen of it later: one that has left replication can no longer be given any of it. */
    private static Optional<Next> rest(Standing at) {
        return at.facts().progress().promotionBegun()
                ? Optional.empty()
                : at.rescue().nextRest().flatMap(save -> group(at.facts(), Phase.CUT_OFF, List.of(save), false));
    }

    /** Not where somebody is promoted already, by another setting. */
    private static Optional<Next> stuckUnread(Standing at) {
        FailoverFacts facts = at.facts();
        boolean withdrawn = facts.progress()
                .result(withdraw(facts), StepResult.HookAnswer.class)
                .filter(answer -> answer.exitStatus() == 0)
                .isPresent();
        return facts.progress().promotionBegun()
                ? Optional.empty()
                : at.rescue()
                        .missing()
                        .map(why -> new Next.Stuck(
                                "on_unreadable_tail=stop and the binary log of the old source " + facts.oldSource()
                                        + " was not read to its end: " + why
                                        + ". Nobody was promoted; replicas have stopped receiving"
                                        + (withdrawn ? ", the clients' address was taken away" : "")
                                        + "; of the old source, "
                                        + at.fence().clause()
                                        + ". Let its log be read, or set on_unreadable_tail=continue to give up what only it"
                                        + " has, and start the failover again with --ignore_last_failover"));
    }

    private static Optional<Next> fence(Standing at) {
        return at.fences()
                ? group(
                        at.facts(),
                        Phase.CUT_OFF,
                        List.of(new Step.Fence(at.facts().oldSource())),
                        false)
                : Optional.empty();
    }

    private static Optional<Next> awaitFence(Standing at) {
        return group(at.facts(), Phase.CUT_OFF, awaiting(at), false);
    }

    private static List<Step> awaiting(Standing at) {
        return at.fences() ? List.of(new Step.AwaitFence(at.facts().oldSource())) : List.of();
    }

    private static Optional<Next> stuckUnfenced(Standing at) {
        return at.fenceMissing()
                ? Optional.of(new Next.Stuck(
                        "require_fence=1 and the old source " + at.facts().oldSource()
                                + " is not proven to be stopped, "
                                + at.fence().clause()
                                + "; stop its host, then set require_fence=0 and start the failover again"))
                : Optional.empty();
    }

    private static Optional<Next> level(Standing at) {
        return at.newSource()
                .map(chosen -> group(at.facts(), Phase.LEVEL, at.levelling().nextForNewSource(chosen), true))
                .orElseGet(() -> Optional.of(new Next.Stuck("no replica is left that can be the new source: "
                        + at.ballot().explanation() + "; level and promote one by hand" + withoutUnsaved(at))));
    }

    /** That what somebody received is given up, nobody but the operator may decide. */
    private static String withoutUnsaved(Standing at) {
        String servers = at.rescue().unsaved().stream().map(ServerId::toString).collect(Collectors.joining(", "));
        return servers.isEmpty()
                ? ""
                : ", or, to go on without what only " + servers + " received, take that out of "
                        + at.facts().app().confFile() + " and start the failover again with --ignore_last_failover";
    }

    private static Optional<Next> open(Standing at) {
        FailoverFacts facts = at.facts();
        ServerId chosen = at.newSource().orElseThrow();
        Step look = new Step.LookAtSource(facts.oldSource(), chosen);
        Step assign = new Step.AssignAddress(chosen, facts.oldSource());
        List<Step> steps = new ArrayList<>();
        // What is seen of it once clients write to another one is not asked here.
        if (!at.fence().proven() && !facts.progress().ended(assign)) {
            steps.add(look);
        }
        if (facts.wishes().repoint()) {
            steps.add(new Step.Detach(chosen, keepsSettings(at, chosen)));
        }
        steps.add(new Step.ReadCoordinates(chosen));
        List<Step> opening = new ArrayList<>(List.of(assign));
        if (facts.wishes().makeWritable()) {
            opening.add(new Step.MakeWritable(chosen));
        }
        steps.addAll(opening);
        return stuckAt(facts, joined(List.of(look), opening)).or(() -> group(facts, Phase.OPEN, steps, false));
    }

    /** Together with its settings it would lose its relay logs, which may hold what others lack. */
    private static boolean keepsSettings(Standing at, ServerId chosen) {
        return at.facts().settings(chosen).policy().skipResetSlave()
                || (at.levelling().holdsMost(chosen) && at.repointing().needRelayLogs());
    }

    /** Settings that were kept only for the sake of the relay logs; nobody needs them any more. */
    private static Optional<Next> forget(Standing at) {
        FailoverFacts facts = at.facts();
        ServerId chosen = at.newSource().orElseThrow();
        boolean kept = facts.progress().finished(new Step.Detach(chosen, true));
        return kept && !facts.settings(chosen).policy().skipResetSlave()
                ? group(facts, Phase.REPOINT, List.of(new Step.Detach(chosen, false)), false)
                : Optional.empty();
    }

    /** What happened to it meanwhile, which may have been hours. */
    private static Optional<Next> confirm(Standing at) {
        Step confirm = new Step.ConfirmOpen(at.newSource().orElseThrow());
        return group(at.facts(), Phase.REPOINT, List.of(confirm), false);
    }

    /**
     * Those that lack nothing do not wait for those that must be levelled first. One that lags may still need hours to execute what it
     * has received, or its threads long to stop: the old source, which may write meanwhile, is looked at beside it, and no replica
     * waits for that. Not if it was seen before, or its host is off.
     */
    private static Optional<Next> repointReady(Standing at) {
        List<Step> moves = at.facts().wishes().repoint() ? at.repointing().readyMoves() : List.of();
        List<Step> looks = at.poweredOff() ? List.of() : awaiting(at);
        return group(at.facts(), Phase.REPOINT, joined(joined(moves, looks), waits(at, moves)), true);
    }

    private static List<Step> joined(List<Step> first, List<Step> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private static Optional<Next> repoint(Standing at) {
        FailoverFacts facts = at.facts();
        Repointing repointing = at.repointing();
        if (!facts.wishes().repoint()) {
            return group(facts, Phase.REPOINT, repointing.preparations(), true);
        }
        return group(facts, Phase.REPOINT, repointing.preparations(), true)
                .or(() -> group(facts, Phase.REPOINT, joined(repointing.moves(), waits(at, repointing.moves())), true));
    }

    /** What was saved, what could not be, and how far the new source is. */
    LossVerdict verdict(FailoverFacts facts) {
        return new Verdict(new Standing(facts)).judge();
    }

    /** The same of a failover that broke off: what was saved until then, and need not be lost. */
    public LossVerdict verdictBrokenOff(FailoverFacts facts) {
        List<Outcome> outcomes = facts.progress().outcomes();
        Set<String> heldByLater = outcomes.stream()
                .filter(Outcome.Finished.class::isInstance)
                .flatMap(o -> o.step() instanceof Step.SaveTail save ? save.behind().stream() : Stream.empty())
                .collect(Collectors.toSet());
        String saved = outcomes.stream()
                .flatMap(o -> o instanceof Outcome.Finished f && f.result() instanceof StepResult.Saved s
                        ? Stream.of(s)
                        : Stream.<StepResult.Saved>empty())
                .filter(s -> s.transactions() > 0 && !heldByLater.contains(s.archive()))
                .map(s -> "%s of the old source's binary log, from %s to %s, saved as %s"
                        .formatted(Plural.of(s.transactions(), "transaction"), s.start(), s.end(), s.archive()))
                .collect(Collectors.joining("; "));
        return new LossVerdict.Unknown(
                "the failover broke off" + (saved.isEmpty() ? "" : "; replicas may lack " + saved));
    }

    /** How much of the old source's binary log the new source has; absent where nobody knows. */
    public Optional<BinlogPosition> heldUpTo(FailoverFacts facts) {
        return newSource(facts).flatMap(new Standing(facts).levelling()::placeOf);
    }

    /** Whether the old source is stopped for good. */
    public StepResult.Fenced fence(FailoverFacts facts) {
        return new Standing(facts).fence();
    }

    /**
     * With GTIDs each replica is waited for behind its move, until it has what the new source had when it was opened, as far as that
     * can be waited for; not one that is delayed on purpose.
     */
    private static List<Step> waits(Standing at, List<Step> moves) {
        FailoverFacts facts = at.facts();
        Optional<Gtids> upTo = at.newSource()
                .flatMap(s -> facts.progress().result(new Step.ReadCoordinates(s), StepResult.Coordinates.class))
                .flatMap(StepResult.Coordinates::executed)
                .map(at.origins()::awaitable);
        if (!facts.usesGtids() || !facts.wishes().awaitSync() || upTo.isEmpty()) {
            return List.of();
        }
        return moves.stream()
                .filter(m -> facts.progress().finished(m) || !facts.progress().ended(m))
                .filter(m -> facts.tree()
                        .replica(m.server())
                        .filter(r -> !r.status().delay().isZero())
                        .isEmpty())
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
}
