package io.mha4j.execution;

import io.mha4j.decision.Outcome;
import io.mha4j.decision.Step;

/** Where steps are written down, on disk, before and after they change the world. Safe for several threads. */
public interface StepRecord {
    /** The step is about to be done. */
    void started(Step step);

    /** The step ended, well or badly. */
    void ended(Outcome outcome);
}
