package io.mha4j.decision;

import io.mha4j.base.ServerId;
import java.util.ArrayList;
import java.util.List;

/** The planner's answer. */
public sealed interface Next {
    /**
     * Do these.
     *
     * @param atOnce whether the {@link #strands} may run side by side; otherwise the steps run in turn, up to the first that fails
     */
    record Run(Phase phase, List<Step> steps, boolean atOnce) implements Next {
        public Run {
            steps = List.copyOf(steps);
        }

        /** What need not wait for each other; the steps of one run in turn, up to the first that fails. */
        public List<List<Step>> strands() {
            if (!atOnce) {
                return List.of(steps);
            }
            List<List<Step>> strands = new ArrayList<>();
            for (Step step : steps) {
                strands.stream()
                        .filter(strand -> step instanceof Step.AwaitSync && moves(strand.get(0), step.server()))
                        .findFirst()
                        .ifPresentOrElse(strand -> strand.add(step), () -> strands.add(new ArrayList<>(List.of(step))));
            }
            return strands;
        }

        private static boolean moves(Step step, ServerId server) {
            return step instanceof Step.Repoint && step.server().equals(server);
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
