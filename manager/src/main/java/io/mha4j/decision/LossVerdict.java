package io.mha4j.decision;

import io.mha4j.base.Plural;
import java.util.Optional;

/** What the failover can say about acknowledged transactions. */
public sealed interface LossVerdict {
    String sentence();

    /** What a subject line has to say of it: nothing where nothing acknowledged is lost. */
    default Optional<String> warning() {
        return Optional.empty();
    }

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
     * Something may be lost, but nothing that a client was told is committed.
     *
     * @param how the proof, one clause
     */
    record NoneAcknowledged(String how) implements LossVerdict {
        @Override
        public String sentence() {
            return "none acknowledged, proven by semi-sync: " + how;
        }
    }

    /**
     * Something is known to be lost.
     *
     * @param atLeast transactions
     * @param what    which, and how that is known; one clause
     */
    record Lost(long atLeast, String what) implements LossVerdict {
        @Override
        public String sentence() {
            return lost() + ": " + what;
        }

        @Override
        public Optional<String> warning() {
            return Optional.of(lost());
        }

        private String lost() {
            return "at least " + Plural.of(atLeast, "transaction") + " lost";
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

        @Override
        public Optional<String> warning() {
            return Optional.of("losses unknown");
        }
    }
}
