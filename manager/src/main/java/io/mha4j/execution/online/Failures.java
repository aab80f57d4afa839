package io.mha4j.execution.online;

import io.mha4j.base.MhaException;
import io.mha4j.decision.online.OnlineStep;
import io.mha4j.report.EventLog;

/** How a step that failed is told. A defect of ours is a failure like any other: somebody must be left who can be written to. */
final class Failures {
    private Failures() {}

    /** Why, in one sentence. */
    static String why(RuntimeException failure) {
        return failure instanceof MhaException ours
                ? ours.getMessage()
                : "this is a defect of mha4j, please report it: " + failure;
    }

    /** Which step failed, and why. */
    static String of(OnlineStep step, RuntimeException failure) {
        return OnlineWords.of(step) + ": failed: " + why(failure);
    }

    /** Tells the log; of a defect, where it happened too. */
    static void tell(EventLog log, String sentence, RuntimeException failure) {
        if (failure instanceof MhaException) {
            log.error("{}", sentence);
        } else {
            log.bug(sentence, failure);
        }
    }
}
