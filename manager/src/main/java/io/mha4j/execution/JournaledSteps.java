package io.mha4j.execution;

import io.mha4j.decision.Outcome;
import io.mha4j.decision.Step;
import io.mha4j.report.journal.Journal;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Writes steps to the journal of a run. */
public final class JournaledSteps implements StepRecord {
    private final Journal journal;

    /** In the order in which they began; see {@link Step#isSame} for why they are in no map. */
    private final List<Begun> begun = new CopyOnWriteArrayList<>();

    private record Begun(Step step, int number) {}

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
        begun.add(new Begun(step, journal.started(step)));
    }

    /** Whether more than the starting of SQL threads was begun: an end before that needs no error flag. */
    public boolean cutOffBegun() {
        return cutOffBefore || steps().anyMatch(step -> !(step instanceof Step.StartApplier));
    }

    /** Whether the new source takes writes, or may. */
    public boolean openingBegun() {
        return openedBefore
                || steps().anyMatch(step -> step instanceof Step.MakeWritable || step instanceof Step.AssignAddress);
    }

    @Override
    public void ended(Outcome outcome) {
        int number = begun.stream()
                .filter(b -> b.step().isSame(outcome.step()))
                .map(Begun::number)
                .reduce((first, last) -> last)
                .orElseThrow(() -> new IllegalStateException("a step ended that never began: " + outcome.step()));
        if (outcome instanceof Outcome.Failed failed) {
            journal.failed(number, failed.why());
        } else if (outcome instanceof Outcome.Finished finished) {
            journal.finished(number, finished.result());
        }
    }

    private Stream<Step> steps() {
        return begun.stream().map(Begun::step);
    }
}
