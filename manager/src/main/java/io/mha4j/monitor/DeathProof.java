package io.mha4j.monitor;

import io.mha4j.base.Deadline;

/** A way to be certain of a death without counting. Used by the watching thread. */
public interface DeathProof {
    /** Counting only. */
    DeathProof NONE = new DeathProof() {
        @Override
        public void answered() {}

        @Override
        public boolean proves(Deadline round) {
            return false;
        }
    };

    /** The source has answered just now: time to learn, or to check again, who it is. Does not wait. */
    void answered();

    /** The source has not answered just now: whether everything shows that it is dead; known by the end of the round. */
    boolean proves(Deadline round);
}
