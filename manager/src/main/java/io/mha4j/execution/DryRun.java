package io.mha4j.execution;

import io.mha4j.archive.place.BinlogSearch;
import io.mha4j.archive.place.GtidStart;
import io.mha4j.archive.place.LogFiles;
import io.mha4j.archive.place.MissingLogException;
import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import io.mha4j.base.Sleeper;
import io.mha4j.base.Ticks;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.config.ServerSettings;
import io.mha4j.decision.Ballot;
import io.mha4j.decision.FailoverFacts;
import io.mha4j.decision.FailoverPlanner;
import io.mha4j.decision.Next;
import io.mha4j.decision.Step;
import io.mha4j.decision.StepResult;
import io.mha4j.decision.rehearsal.Rehearsal;
import io.mha4j.remote.Host;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Tells what a failover would do, in the planner's own steps. Lists the dead source's log files over SSH; changes nothing. */
public final class DryRun {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final FailoverFacts facts;
    private final Function<ServerSettings, Host> hosts;
    private final Ticks ticks;
    private final Sleeper sleeper;
    private final List<String> lines = new ArrayList<>();

    public DryRun(FailoverFacts facts, Function<ServerSettings, Host> hosts, Ticks ticks, Sleeper sleeper) {
        this.facts = facts;
        this.hosts = hosts;
        this.ticks = ticks;
        this.sleeper = sleeper;
    }

    /** Who would be elected and why, what would be saved, each step in order, or why there would be no failover. */
    public List<String> lines() {
        tell(new FailoverPlanner().ballot(facts));
        List<Next> plan = Rehearsal.plan(facts, new OldLog());
        if (plan.stream().noneMatch(DryRun::saves)) {
            lines.add("Nothing would be saved from the dead master");
        }
        lines.add("Steps:");
        plan.forEach(this::tell);
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

    private void tell(Next next) {
        if (next instanceof Next.Run group) {
            String together = group.atOnce() && group.steps().size() > 1 ? " (at once)" : "";
            group.steps().forEach(step -> lines.add("  " + StepWords.of(step) + together));
        } else if (next instanceof Next.Refused refused) {
            lines.add("No failover: " + refused.why().sentence());
        } else if (next instanceof Next.Stuck stuck) {
            lines.add("It could not be finished: " + stuck.why());
        }
    }

    /** The dead source's, looked at over SSH. */
    private final class OldLog implements Rehearsal.OldLog {
        /** Says how much would be read, and answers where the log ends. */
        @Override
        public BinlogPosition end(Step.SaveTail save) {
            if (!facts.sshReachable()) {
                lines.add(
                        "To be saved from the copies of the dead master's binary log that the [binlogN] hosts keep: what is behind "
                                + save.from());
                return save.from();
            }
            Deadline deadline = Deadline.in(LIMIT, ticks);
            ServerSettings old = facts.app().of(facts.tree().source());
            try {
                LogFiles logs = LogFiles.holding(
                        hosts.apply(old), old.paths().binlogDirs(), save.from().file(), deadline);
                long bytes = -save.from().offset();
                BinlogPosition end = save.from();
                for (String file : logs.from(save.from().file(), deadline)) {
                    long size = logs.size(file, deadline);
                    bytes += size;
                    end = new BinlogPosition(file, Math.max(size, 4));
                }
                lines.add("To be saved from the dead master: %d bytes of binary log, from %s to %s"
                        .formatted(bytes, save.from(), end));
                return end;
            } catch (CommandException | MissingLogException e) {
                lines.add("To be saved from the dead master: its binary log from " + save.from()
                        + ", but that could not be listed: " + e.getMessage());
                return save.from();
            }
        }

        @Override
        public Optional<StepResult.Found> start(Step.FindTail find) {
            ServerSettings old = facts.app().of(find.server());
            if (!facts.sshReachable()) {
                lines.add(
                        "Where what replicas lack begins would be looked up in the copies that the [binlogN] hosts keep");
                return Optional.empty();
            }
            try {
                GtidStart.Start start = new BinlogSearch(
                                hosts.apply(old), old.paths().binlogDirs(), sleeper, Deadline.in(LIMIT, ticks))
                        .startFor(find.executed(), facts.baseOfLog());
                return Optional.of(new StepResult.Found(start.place(), start.before()));
            } catch (CommandException | MissingLogException e) {
                lines.add("Where in the dead master's binary log begins what replicas lack could not be found: "
                        + e.getMessage());
                return Optional.empty();
            }
        }
    }
}
