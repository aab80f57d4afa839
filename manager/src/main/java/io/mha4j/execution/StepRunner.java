package io.mha4j.execution;

import io.mha4j.base.InterruptedWork;
import io.mha4j.base.MhaException;
import io.mha4j.decision.Next;
import io.mha4j.decision.Outcome;
import io.mha4j.decision.Step;
import io.mha4j.decision.StepResult;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** Carries out one group of steps: permit, journal, act, journal. A step that fails is an outcome, not an end. */
public final class StepRunner {
    /** Those who do the steps of a group that need not wait for each other. */
    @FunctionalInterface
    public interface Crew {
        /**
         * Waits for all of it.
         *
         * @return the outcomes in the order of the work
         */
        List<List<Outcome>> run(List<Callable<List<Outcome>>> work);
    }

    private final Permit permit;
    private final StepRecord record;
    private final Step.Cases<StepResult> executor;
    private final Crew crew;
    private final InstantSource clock;

    /** Steps that need not wait for each other get a thread each. */
    public StepRunner(Permit permit, StepRecord record, Step.Cases<StepResult> executor, InstantSource clock) {
        this(permit, record, executor, clock, work -> SideBySide.run("step", work));
    }

    /** @param clock says when a step ended */
    public StepRunner(
            Permit permit, StepRecord record, Step.Cases<StepResult> executor, InstantSource clock, Crew crew) {
        this.permit = permit;
        this.record = record;
        this.executor = executor;
        this.clock = clock;
        this.crew = crew;
    }

    /**
     * Runs the group; each strand of it ends behind the first step that fails.
     *
     * @param told how each step ended, in the order in which they did, by one thread at a time; where they run at once, of which one
     *     may take hours, as soon as it did, else when all have: nobody may be able to write meanwhile
     * @throws MhaException if this manager may not act any more, or was told to end
     */
    List<Outcome> run(Next.Run group, Consumer<Outcome> told) {
        if (group.atOnce()) {
            List<List<Step>> strands = group.strands();
            return strands.size() > 1 ? atOnce(strands, told) : inTurn(group.steps(), told);
        }
        List<Outcome> outcomes = inTurn(group.steps(), ended -> {});
        outcomes.forEach(told);
        return outcomes;
    }

    private List<Outcome> inTurn(List<Step> steps, Consumer<Outcome> told) {
        List<Outcome> outcomes = new ArrayList<>();
        for (Step step : steps) {
            Outcome outcome = runOne(step);
            outcomes.add(outcome);
            told.accept(outcome);
            if (outcome instanceof Outcome.Failed) {
                break;
            }
        }
        return outcomes;
    }

    private List<Outcome> atOnce(List<List<Step>> strands, Consumer<Outcome> told) {
        Object oneByOne = new Object();
        Consumer<Outcome> inOrder = outcome -> {
            synchronized (oneByOne) {
                told.accept(outcome);
            }
        };
        List<Callable<List<Outcome>>> work = new ArrayList<>();
        strands.forEach(strand -> work.add(() -> named(strand, inOrder)));
        return crew.run(work).stream().flatMap(List::stream).toList();
    }

    private List<Outcome> named(List<Step> strand, Consumer<Outcome> told) {
        Thread.currentThread().setName("step-" + strand.get(0).server().section());
        return inTurn(strand, told);
    }

    private Outcome runOne(Step step) {
        permit.requireHeld();
        record.started(step);
        Outcome outcome = attempt(step);
        record.ended(outcome);
        return outcome;
    }

    private Outcome attempt(Step step) {
        try {
            StepResult result = step.match(executor);
            return new Outcome.Finished(step, result, Optional.of(clock.instant()));
        } catch (InterruptedWork e) {
            throw e;
        } catch (MhaException e) {
            return new Outcome.Failed(step, e.getMessage());
        } catch (RuntimeException e) {
            // The rest of the failover may still succeed, or another candidate.
            StackTraceElement[] places = e.getStackTrace();
            return new Outcome.Failed(
                    step,
                    "a defect of mha4j, please report it: " + e.getClass().getName()
                            + (places.length == 0 ? "" : " at " + places[0]));
        }
    }
}
