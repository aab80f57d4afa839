package io.mha4j.execution.dry;

import io.mha4j.base.Deadline;
import io.mha4j.base.MhaException;
import io.mha4j.base.ServerId;
import io.mha4j.base.Sleeper;
import io.mha4j.base.Ticks;
import io.mha4j.config.ServerSettings;
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
import io.mha4j.topology.Replica;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        StepEstimate estimate = new StepEstimate(facts, pace(), log::reading);
        lines.add("Steps, with how long they would take:");
        plan.forEach(next -> tell(next, estimate));
        estimate.untilOpen(plan)
                .ifPresent(
                        time -> lines.add("From the first step until the new master takes writes: " + time.sentence()));
        return List.copyOf(lines);
    }

    private static boolean saves(Next next) {
        return next instanceof Next.Run group && group.steps().stream().anyMatch(Step.SaveTail.class::isInstance);
    }

    private void tell(Ballot ballot) {
        lines.add("Candidates:");
        for (Ballot.Card card : ballot.cards()) {
            lines.add("  " + card.server() + (card.eligible() ? ": eligible" : ": " + card.objections()));
        }
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
            lines.add("No failover: " + refused.why().sentence());
        } else if (next instanceof Next.Stuck stuck) {
            lines.add("It could not be finished: " + stuck.why());
        }
    }

    private Pace pace() {
        Map<ServerId, Duration> logins = new HashMap<>();
        Map<ServerId, Duration> questions = new HashMap<>();
        for (Replica replica : facts.tree().replicas()) {
            try {
                AnswerTime time = AnswerTime.of(facts.app().of(replica.id()), ticks, Deadline.in(LIMIT, ticks));
                logins.put(replica.id(), time.login());
                questions.put(replica.id(), time.question());
            } catch (MhaException e) {
                lines.add("How fast " + replica.id() + " answers is not known: " + e.getMessage());
            }
        }
        return new Pace(logins, questions, command());
    }

    /** The second of two, because the first one may have to log in. */
    private Optional<Duration> command() {
        if (!facts.sshReachable()) {
            return Optional.empty();
        }
        Host host = hosts.apply(facts.app().of(facts.tree().source()));
        try {
            host.run(List.of("true"), Deadline.in(LIMIT, ticks));
            long start = ticks.nanos();
            host.run(List.of("true"), Deadline.in(LIMIT, ticks));
            return Optional.of(Duration.ofNanos(ticks.nanos() - start));
        } catch (MhaException e) {
            lines.add("How fast the dead master's host answers is not known: " + e.getMessage());
            return Optional.empty();
        }
    }
}
