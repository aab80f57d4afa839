package io.mha4j.execution;

import io.mha4j.decision.FailoverFacts;
import io.mha4j.decision.FailoverPlanner;
import io.mha4j.decision.FailoverSummary;
import io.mha4j.decision.Next;
import io.mha4j.decision.Progress;
import io.mha4j.decision.Refusal;

/** One failover from the first look to the last: asks the planner, runs its steps, tells the story. */
public final class Failover {
    /** How it ended. */
    public sealed interface End {
        /** The new source is open. */
        record Done(FailoverSummary summary) implements End {}

        /** Declined before anything irreversible. */
        record Declined(Refusal why) implements End {}

        /** Begun and not finished; an operator has to go on from here. */
        record Stopped(String why) implements End {}
    }

    /** Who says what is to be done next. */
    @FunctionalInterface
    public interface Planning {
        Next next(FailoverFacts facts);
    }

    private final FailoverPlanner planner = new FailoverPlanner();
    private final StepRunner runner;
    private final Story story;
    private final Planning planning;

    public Failover(StepRunner runner, Story story) {
        this(runner, story, new FailoverPlanner()::next);
    }

    public Failover(StepRunner runner, Story story, Planning planning) {
        this.runner = runner;
        this.story = story;
        this.planning = planning;
    }

    /**
     * Runs until the planner ends it.
     *
     * @param begin the facts at the beginning, or of a run that was cut, with its outcomes
     * @throws io.mha4j.base.MhaException if this manager may not act any more, or the journal cannot be written
     */
    public End run(FailoverFacts begin) {
        FailoverFacts facts = begin;
        while (true) {
            Next next = planning.next(facts);
            if (next instanceof Next.Run group) {
                story.begins(group, planner.ballot(facts));
                Progress more = facts.progress().plus(runner.run(group, story::ended));
                facts = facts.with(more);
            } else {
                return end(next, facts);
            }
        }
    }

    private End end(Next next, FailoverFacts facts) {
        if (next instanceof Next.Refused refused) {
            return new End.Declined(refused.why());
        }
        if (next instanceof Next.Stuck stuck) {
            return new End.Stopped(stuck.why());
        }
        return new End.Done(FailoverSummary.of(facts, planner));
    }
}
