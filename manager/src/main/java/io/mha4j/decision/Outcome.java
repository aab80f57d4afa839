package io.mha4j.decision;

import java.time.Instant;
import java.util.Optional;

/** How a step ended. */
public sealed interface Outcome {
    Step step();

    /** @param at wall time of the manager; absent where the step was only thought of */
    record Finished(Step step, StepResult result, Optional<Instant> at) implements Outcome {}

    /** @param why one sentence: what did not do as told, and the way out */
    record Failed(Step step, String why) implements Outcome {}
}
