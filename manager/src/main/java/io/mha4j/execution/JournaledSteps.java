package io.mha4j.execution;

import io.mha4j.decision.Outcome;
import io.mha4j.decision.Step;
import io.mha4j.report.journal.Journal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Writes steps to the journal of a run. */
public final class JournaledSteps implements StepRecord {
    private final Journal journal;
    private final Map<Step, Integer> numbers = new ConcurrentHashMap<>();

    private final boolean cutOffBefore;
    private final boolean openedBefore;

    public JournaledSteps(Journal journal) {
        this(journal, false, false);
    }

    /**
     * Of a journal that was taken over.
     *
     * @param cutOffBefore whether it holds more than the starting of SQL threads already
     * @param openedBefore whether the new source may take writes already
     */
    public JournaledSteps(Journal journal, boolean cutOffBefore, boolean openedBefore) {
        this.journal = journal;
        this.cutOffBefore = cutOffBefore;
        this.openedBefore = openedBefore;
    }

    @Override
    public void started(Step step) {
        numbers.put(step, journal.started(step));
    }

    /** Whether more than the starting of SQL threads was begun: an end before that needs no error flag. */
    public boolean cutOffBegun() {
        return cutOffBefore || numbers.keySet().stream().anyMatch(step -> !(step instanceof Step.StartApplier));
    }

    /** Whether the new source takes writes, or may. */
    public boolean openingBegun() {
        return openedBefore
                || numbers.keySet().stream()
                        .anyMatch(step -> step instanceof Step.MakeWritable || step instanceof Step.AssignAddress);
    }

    @Override
    public void ended(Outcome outcome) {
        Integer number = numbers.get(outcome.step());
        if (number == null) {
            throw new IllegalStateException("a step ended that never began: " + outcome.step());
        }
        if (outcome instanceof Outcome.Failed failed) {
            journal.failed(number, failed.why());
        } else if (outcome instanceof Outcome.Finished finished) {
            journal.finished(number, finished.result());
        }
    }
}
