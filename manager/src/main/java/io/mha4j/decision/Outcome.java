package io.mha4j.decision;

/** How a step ended. */
public sealed interface Outcome {
    Step step();

    record Finished(Step step, StepResult result) implements Outcome {}

    /** @param why one sentence: what did not do as told, and the way out */
    record Failed(Step step, String why) implements Outcome {}
}
