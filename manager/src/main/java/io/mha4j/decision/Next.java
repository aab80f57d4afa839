package io.mha4j.decision;

import io.mha4j.base.ServerId;
import java.util.List;

/** The planner's answer. */
public sealed interface Next {
    /**
     * Do these.
     *
     * @param atOnce whether the steps may run side by side; otherwise in turn, up to the first that fails
     */
    record Run(Phase phase, List<Step> steps, boolean atOnce) implements Next {
        public Run {
            steps = List.copyOf(steps);
        }
    }

    /** Nothing is left to do; {@link FailoverSummary} says how well it went. */
    record Finished(ServerId newSource) implements Next {}

    /** We decline before anything irreversible was done. */
    record Refused(Refusal why) implements Next {}

    /**
     * It cannot be finished although it was begun.
     *
     * @param why one sentence that names the step and what an operator can do
     */
    record Stuck(String why) implements Next {}
}
