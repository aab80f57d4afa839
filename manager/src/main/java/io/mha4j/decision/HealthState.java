package io.mha4j.decision;

/**
 * Counts failed checks of the source in a row. Knows no clock, socket or thread: the loop hands it what happened.
 *
 * @param failures failed checks since the last good one; those after the fourth say nothing more
 */
public record HealthState(int failures) {
    /** MHA's rule: dead at the fourth failure in a row. */
    public static final int FAILURES_TO_DEATH = 4;

    /**
     * As many are left after a refusal: what comes before it says nothing of a silence after it, so two checks must fail
     * anew, the first to begin that silence, the second to end it.
     */
    private static final int FAILURES_LEFT_BY_REFUSAL = FAILURES_TO_DEATH - 2;

    public static final HealthState HEALTHY = new HealthState(0);

    /** What a check of the source brought. */
    public sealed interface Check {
        /** It answered. */
        record Good() implements Check {}

        /** It did not answer, or not in time. */
        record Failed(String why) implements Check {}

        /**
         * It runs but would not let us in (too many connections, access denied): neither good nor a failure; of
         * the failures before it at most two still count.
         */
        record Refused(String why) implements Check {}

        /**
         * It lives, but nobody can write to it.
         *
         * @param counts whether that is a failure, as the operator wishes; else it is as good as an answer
         */
        record Unusable(String why, boolean counts) implements Check {}

        /** It answered and took our write, but takes nobody else's. */
        record Closed(String why) implements Check {}

        /** Whether it counts as a failure. */
        default boolean isFailure() {
            return this instanceof Failed || (this instanceof Unusable unusable && unusable.counts());
        }
    }

    /** What the count means. */
    public enum Health {
        OK,
        SUSPECT,
        DEAD
    }

    public HealthState after(Check check) {
        if (check.isFailure()) {
            return new HealthState(Math.min(failures + 1, FAILURES_TO_DEATH));
        }
        return check instanceof Check.Refused ? new HealthState(Math.min(failures, FAILURES_LEFT_BY_REFUSAL)) : HEALTHY;
    }

    public Health health() {
        if (failures == 0) {
            return Health.OK;
        }
        return failures < FAILURES_TO_DEATH ? Health.SUSPECT : Health.DEAD;
    }
}
