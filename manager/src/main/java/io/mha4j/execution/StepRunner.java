package io.mha4j.execution;

import io.mha4j.base.InterruptedWork;
import io.mha4j.base.MhaException;
import io.mha4j.decision.Next;
import io.mha4j.decision.Outcome;
import io.mha4j.decision.Step;
import io.mha4j.decision.StepResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

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
        List<Outcome> run(List<Callable<Outcome>> work);
    }

    private final Permit permit;
    private final StepRecord record;
    private final Step.Cases<StepResult> executor;
    private final Crew crew;

    /** Steps that need not wait for each other get a thread each. */
    public StepRunner(Permit permit, StepRecord record, Step.Cases<StepResult> executor) {
        this(permit, record, executor, work -> SideBySide.run("step", work));
    }

    public StepRunner(Permit permit, StepRecord record, Step.Cases<StepResult> executor, Crew crew) {
        this.permit = permit;
        this.record = record;
        this.executor = executor;
        this.crew = crew;
    }

    /**
     * Runs the group. In turn it ends behind the first step that fails.
     *
     * @throws MhaException if this manager may not act any more, or was told to end
     */
    List<Outcome> run(Next.Run group) {
        return group.atOnce() && group.steps().size() > 1 ? atOnce(group.steps()) : inTurn(group.steps());
    }

    private List<Outcome> inTurn(List<Step> steps) {
        List<Outcome> outcomes = new ArrayList<>();
        for (Step step : steps) {
            Outcome outcome = runOne(step);
            outcomes.add(outcome);
            if (outcome instanceof Outcome.Failed) {
                break;
            }
        }
        return outcomes;
    }

    private List<Outcome> atOnce(List<Step> steps) {
        List<Callable<Outcome>> work = new ArrayList<>();
        steps.forEach(step -> work.add(() -> named(step)));
        return crew.run(work);
    }

    private Outcome named(Step step) {
        Thread.currentThread().setName("step-" + step.server().section());
        return runOne(step);
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
            return new Outcome.Finished(step, step.match(executor));
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
