package io.mha4j.execution.simulation;

import io.mha4j.decision.FailoverFacts;
import io.mha4j.decision.Next;
import io.mha4j.decision.Outcome;
import io.mha4j.decision.Step;
import io.mha4j.decision.StepResult;
import io.mha4j.execution.Failover.Planning;
import io.mha4j.execution.resume.Aftermath.Sequel;
import io.mha4j.execution.resume.FailoverJournal.CutRun;
import java.util.function.Function;

/** How a manager goes about it; each part can be done wrongly, to see whether that is found. */
interface Conduct {
    /** As the product does it. */
    Conduct RIGHT = new Conduct() {};

    default Next plan(FailoverFacts facts, Planning planner) {
        return planner.next(facts);
    }

    default StepResult act(Step step, Function<Step, StepResult> cluster) {
        return cluster.apply(step);
    }

    /** Whether the end of a step is written to the journal. */
    default boolean writes(Outcome outcome) {
        return true;
    }

    default Sequel sequel(CutRun cut, Sequel right) {
        return right;
    }

    /** What a resumed run knows. */
    default FailoverFacts remembered(CutRun cut, FailoverFacts begin) {
        return cut.facts();
    }
}
