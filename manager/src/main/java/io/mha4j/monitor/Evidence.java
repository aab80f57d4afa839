package io.mha4j.monitor;

import io.mha4j.decision.HealthState;

/** What else is asked before a source that stopped answering is called dead. */
public interface Evidence {
    /** The source has answered: what was gathered about its silence is past. Does not wait. */
    default void answered() {}

    /** The source runs but refuses us: its silence begins anew. Does not wait. */
    default void refused() {}

    /** The source has failed another check; {@code now} counts it. Does not wait. */
    void failing(HealthState now);

    /** Whether somebody else still reaches the source; gathered now, within its own deadline. */
    Veto secondOpinion();

    /** Whether the source's host answers over SSH; gathered now, within its own deadline. */
    boolean sshReachable();

    /**
     * Whether somebody objects.
     *
     * @param raised whether the source must not be called dead
     * @param why    one clause
     * @param cause  what it rests on: it stays the same veto while this does
     */
    record Veto(boolean raised, String why, Cause cause) {
        /** One of the secondary check, or none at all. */
        public Veto(boolean raised, String why) {
            this(raised, why, Cause.ROUTES);
        }
    }

    /** What a veto may rest on. */
    enum Cause {
        /** The operator's order not to act. */
        PAUSED,
        /** {@code secondary_check_script}. */
        ROUTES,
        /** A replica that still receives. */
        RECEIVER
    }
}
