package io.mha4j.decision;

import io.mha4j.base.ServerId;
import io.mha4j.config.ServerSettings;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Where a failover stands once every receiver has stopped: the final election and what follows from it. */
final class Standing {
    private final FailoverFacts facts;
    private final Election election;
    private final Levelling levelling;

    Standing(FailoverFacts facts) {
        this.facts = facts;
        this.election = new Election(facts, Field.stoppedReceivers(facts));
        this.levelling = new Levelling(facts, election);
    }

    FailoverFacts facts() {
        return facts;
    }

    Ballot ballot() {
        return election.ballot();
    }

    Optional<ServerId> newSource() {
        return ballot().winner();
    }

    Rescue rescue() {
        return election.rescue();
    }

    Origins origins() {
        return election.origins();
    }

    /** Whether the old source's process is ended over SSH. */
    boolean fences() {
        return facts.hostAnswered() && fencing().way() == ServerSettings.FenceWay.SSH;
    }

    private ServerSettings.Fencing fencing() {
        return facts.settings(facts.oldSource()).fencing();
    }

    /**
     * Whether nobody may be opened before the old source was seen to stay away. Where nothing would start it again, that is
     * looked at afterwards: clients need not wait for it.
     */
    boolean mustStayAwayFirst() {
        return fencing().required() || fence().supervised();
    }

    boolean fenceMissing() {
        return fencing().required() && !fence().proven();
    }

    /** Whether the operator's script answered that the host is off: nothing is left to be seen there. */
    boolean poweredOff() {
        return facts.progress()
                .result(shutDown(), StepResult.HookAnswer.class)
                .filter(answer -> answer.exitStatus() == 0)
                .isPresent();
    }

    private Step shutDown() {
        return new Step.ShutDown(facts.oldSource(), facts.sshReachable());
    }

    /** What is known by now about the old source's end. */
    StepResult.Fenced fence() {
        StepResult.Fenced seen = seenOverSsh();
        return seen.proven() || !poweredOff()
                ? seen
                : new StepResult.Fenced(
                        StepResult.Fence.PROVEN, seen.supervised(), seen.cameBack(), "shutdown_script switched it off");
    }

    /** Whatever a script says. */
    private StepResult.Fenced seenOverSsh() {
        return seen(new Step.AwaitFence(facts.oldSource()))
                .or(() -> seen(new Step.Fence(facts.oldSource())))
                .orElseGet(() -> unknown(fences() ? "it was not tried" : whyNotFenced()));
    }

    /** By when it was seen to be stopped for good, if it was; else by when a script had switched it off. */
    Optional<Instant> stoppedBy() {
        return fencings()
                .flatMap(o -> o instanceof Outcome.Finished f
                                && f.result() instanceof StepResult.Fenced fenced
                                && fenced.proven()
                        ? f.at().stream()
                        : Stream.empty())
                .min(Comparator.naturalOrder())
                .or(() -> poweredOff() ? facts.progress().finishedBy(shutDown()) : Optional.empty());
    }

    private Stream<Outcome> fencings() {
        return facts.progress().outcomes().stream()
                .filter(o -> o.step() instanceof Step.Fence || o.step() instanceof Step.AwaitFence);
    }

    /**
     * Why it may have been told to stop in good order: then it lets commits that wait for replicas go through, unacknowledged. Empty where
     * its process was killed, or its host's power cut, and nothing of ours asked it before.
     */
    Optional<String> whyMayHaveEndedItself() {
        if (fencings()
                .anyMatch(o -> !(o instanceof Outcome.Finished f)
                        || (f.result() instanceof StepResult.Fenced fenced && fenced.asked()))) {
            return Optional.of("its service was stopped before its process was killed, or may have been");
        }
        return seenOverSsh().proven() || fencing().cutsPower()
                ? Optional.empty()
                : Optional.of("shutdown_script may do that (shutdown_cuts_power=0)");
    }

    /** Whether its process was seen to be gone before that was read of its log which counts. */
    boolean fencedBeforeReading() {
        return (facts.sshReachable() || secondReadingCounts())
                && seen(new Step.Fence(facts.oldSource()))
                        .filter(StepResult.Fenced::proven)
                        .isPresent();
    }

    private boolean secondReadingCounts() {
        return facts.progress().outcomes().stream()
                .anyMatch(o -> o.step() instanceof Step.SaveTail save
                        && save.behind().isPresent()
                        && o instanceof Outcome.Finished f
                        && rescue().saved().filter(f.result()::equals).isPresent());
    }

    /**
     * Whether it may have come back unseen before it was proven to be stopped: watching it failed, or something would have
     * started it again and it was not watched, or still may. That nothing was seen above its process excuses no failure: where its process
     * was gone at the first look, what had started it could not be seen.
     */
    boolean unwatched() {
        boolean supervised = facts.progress()
                .result(new Step.Fence(facts.oldSource()), StepResult.Fenced.class)
                .filter(StepResult.Fenced::supervised)
                .isPresent();
        Step await = new Step.AwaitFence(facts.oldSource());
        boolean failed = facts.progress().ended(await) && !facts.progress().finished(await);
        return failed
                || (supervised && !facts.progress().finished(await))
                || seenOverSsh().state() == StepResult.Fence.GONE;
    }

    private Optional<StepResult.Fenced> seen(Step step) {
        return facts.progress()
                .of(step)
                .map(o -> o instanceof Outcome.Finished f && f.result() instanceof StepResult.Fenced fenced
                        ? fenced
                        : unknown(((Outcome.Failed) o).why()));
    }

    private String whyNotFenced() {
        return fencing().way() == ServerSettings.FenceWay.NONE ? "fence=none" : "SSH to its host does not answer";
    }

    private static StepResult.Fenced unknown(String why) {
        return new StepResult.Fenced(StepResult.Fence.UNKNOWN, false, false, why);
    }

    /** Why there is no hope of a proof that the operator demands; empty if there is, or none is demanded. */
    Optional<Refusal> fenceImpossible() {
        ServerSettings old = facts.settings(facts.oldSource());
        return fencing().required() && !fences() && old.scripts().shutdown().isEmpty()
                ? Optional.of(new Refusal.FenceImpossible(facts.oldSource(), whyNotFenced()))
                : Optional.empty();
    }

    Levelling levelling() {
        return levelling;
    }

    /** There must be a new source. */
    Repointing repointing() {
        return new Repointing(this);
    }
}
