package io.mha4j.execution.dry;

import io.mha4j.base.Sleeper;
import io.mha4j.base.Ticks;
import io.mha4j.config.ServerSettings;
import io.mha4j.config.ServerSettings.UnreadableTail;
import io.mha4j.decision.Ballot;
import io.mha4j.decision.FailoverFacts;
import io.mha4j.decision.FailoverPlanner;
import io.mha4j.decision.Next;
import io.mha4j.decision.Step;
import io.mha4j.decision.rehearsal.Pace;
import io.mha4j.decision.rehearsal.Rehearsal;
import io.mha4j.decision.rehearsal.StepEstimate;
import io.mha4j.execution.StepWords;
import io.mha4j.remote.Host;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Tells what a failover would do, in the planner's own steps, and how long each would take. Reads what would be saved of the dead
 * source's log over SSH, and asks servers and host how fast they answer; changes nothing.
 */
public final class DryRun {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final FailoverFacts facts;
    private final Function<ServerSettings, Host> hosts;
    private final Ticks ticks;
    private final DeadLog log;
    private final List<String> lines = new ArrayList<>();
    private boolean finishes = true;

    public DryRun(FailoverFacts facts, Function<ServerSettings, Host> hosts, Ticks ticks, Sleeper sleeper) {
        this.facts = facts;
        this.hosts = hosts;
        this.ticks = ticks;
        this.log = new DeadLog(facts, hosts, lines::add, ticks, sleeper);
    }

    /** Who would be elected and why, what would be saved, each step in order, or why there would be no failover. */
    public List<String> lines() {
        tell(new FailoverPlanner().ballot(facts));
        List<Next> plan = Rehearsal.plan(facts, log);
        if (plan.stream().noneMatch(DryRun::saves)) {
            lines.add("Nothing would be saved from the dead master");
        }
        if (log.isUnreadable() && onUnreadable() == UnreadableTail.STOP) {
            finishes = false;
            lines.add("It could not be finished: on_unreadable_tail=stop");
        }
        Pace pace = PaceLook.at(facts, hosts, ticks, LIMIT, lines::add);
        StepEstimate estimate = new StepEstimate(facts, pace, log::reading);
        lines.add("Steps, with how long they would take:");
        plan.forEach(next -> tell(next, estimate));
        estimate.untilOpen(plan)
                .ifPresent(
                        time -> lines.add("From the first step until the new master takes writes: " + time.sentence()));
        return List.copyOf(lines);
    }

    /** Whether nothing that {@link #lines} told speaks against it, in any of its steps. */
    public boolean wouldFinish() {
        return finishes;
    }

    private UnreadableTail onUnreadable() {
        return facts.app().of(facts.tree().source()).policy().unreadableTail();
    }

    private static boolean saves(Next next) {
        return next instanceof Next.Run group && group.steps().stream().anyMatch(Step.SaveTail.class::isInstance);
    }

    private void tell(Ballot ballot) {
        lines.addAll(CandidateWords.of(ballot));
        ballot.winner().ifPresent(w -> lines.add("New master would be " + w + ": " + ballot.reason()));
    }

    private void tell(Next next, StepEstimate estimate) {
        if (next instanceof Next.Run group) {
            String together = group.atOnce() && group.steps().size() > 1 ? " (at once)" : "";
            group.steps()
                    .forEach(step -> lines.add("  %s%s: %s"
                            .formatted(
                                    StepWords.of(step),
                                    together,
                                    estimate.of(step).sentence())));
        } else if (next instanceof Next.Refused refused) {
            finishes = false;
            lines.add("No failover: " + refused.why().sentence());
        } else if (next instanceof Next.Stuck stuck) {
            finishes = false;
            lines.add("It could not be finished: " + stuck.why());
        }
    }
}
