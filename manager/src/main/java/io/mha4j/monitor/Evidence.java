package io.mha4j.monitor;

import io.mha4j.decision.HealthState;

/** What else is asked before a source that stopped answering is called dead. */
public interface Evidence {
    /** The source has failed another check; {@code now} counts it. Does not wait. */
    void failing(HealthState now);

    /** Whether somebody else still reaches the source; gathered now, within its own deadline. */
    Veto secondOpinion();

    /** Whether the source's host answers over SSH; gathered now, within its own deadline. */
    boolean sshReachable();

    /**
     * An answer of the secondary check.
     *
     * @param raised whether the source must not be called dead
     * @param why    one clause
     */
    record Veto(boolean raised, String why) {}
}
