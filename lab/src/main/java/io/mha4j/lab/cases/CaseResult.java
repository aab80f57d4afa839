package io.mha4j.lab.cases;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How one run ended.
 *
 * @param output what it printed; kept when it failed
 */
record CaseResult(CaseRun run, Ending ending, Duration took, Path output) {
    /** What became of a run. */
    enum Ending {
        PASSED,
        /** An expectation did not hold, or a step failed. */
        FAILED,
        /** Still running at the case's deadline. */
        TOO_LONG
    }

    boolean passed() {
        return ending == Ending.PASSED;
    }
}
