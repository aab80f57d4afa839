package io.mha4j.execution.rejoin;

import io.mha4j.archive.Archive;
import io.mha4j.binlog.GtidSet;
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
     * @param what  which, one clause, and which of them could not be read
     * @param saved where they are kept now; absent if nothing was to be changed, or they could not be read
     * @param why   why they are not saved, or not all of them, if so
     */
    record Diverged(String what, Optional<Archive> saved, Optional<String> why) implements Comparison {
        /**
         * As far as it could be read.
         *
         * @param what   what is known to be there, one clause
         * @param read   what could be read of it
         * @param kept   whether that is kept
         * @param wanted the GTIDs of all of it, where they are known; else empty
         */
        static Diverged of(String what, Archive read, boolean kept, GtidSet wanted) {
            Optional<String> lacking = lacking(read, wanted);
            return new Diverged(
                    what
                            + lacking.map(l -> "; not all of it could be read: " + l)
                                    .orElse(""),
                    Optional.of(read).filter(archive -> kept),
                    lacking.filter(l -> kept));
        }

        private static Optional<String> lacking(Archive read, GtidSet wanted) {
            if (!read.reachedEnd()) {
                return Optional.of("behind " + read.end() + " its binary log cannot be read to its end, "
                        + read.cut().sentence());
            }
            GtidSet unread = wanted.minus(read.gtids()
                    .filter(g -> g instanceof GtidSet)
                    .map(g -> (GtidSet) g)
                    .orElse(GtidSet.EMPTY));
            return Optional.of(unread)
                    .filter(gtids -> !gtids.isEmpty())
                    .map(gtids -> gtids + " is not in its binary log behind " + read.start());
        }
    }
}
