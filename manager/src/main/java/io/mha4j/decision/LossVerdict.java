package io.mha4j.decision;

/** What the failover can say about acknowledged transactions. */
public sealed interface LossVerdict {
    String sentence();

    /**
     * Nothing is lost.
     *
     * @param how the proof, one clause
     */
    record None(String how) implements LossVerdict {
        @Override
        public String sentence() {
            return "none, proven: " + how;
        }
    }

    /**
     * Nothing can be said, because of what.
     *
     * @param why one clause
     */
    record Unknown(String why) implements LossVerdict {
        @Override
        public String sentence() {
            return "unknown: " + why;
        }
    }
}
