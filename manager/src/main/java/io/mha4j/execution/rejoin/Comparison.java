package io.mha4j.execution.rejoin;

import io.mha4j.archive.Archive;
import java.util.Optional;

/** What came of comparing a former source with its successor. */
public sealed interface Comparison {
    /**
     * It has nothing that the successor lacks.
     *
     * @param how how that is known, one clause
     */
    record Equal(String how) implements Comparison {}

    /**
     * It has transactions of its own.
     *
     * @param what  which, one clause
     * @param saved where they are kept now; absent if nothing was to be changed, or they could not be read
     * @param why   why they are not saved, if so
     */
    record Diverged(String what, Optional<Archive> saved, Optional<String> why) implements Comparison {}
}
