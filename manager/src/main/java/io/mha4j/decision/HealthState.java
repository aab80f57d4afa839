package io.mha4j.decision;

/**
 * Counts failed checks of the source in a row. Knows no clock, socket or thread: the loop hands it what happened.
 *
 * @param failures failed checks since the last good one
 */
public record HealthState(int failures) {
    /** MHA's rule: dead at the fourth failure in a row. */
    public static final int FAILURES_TO_DEATH = 4;

    public static final HealthState HEALTHY = new HealthState(0);

    /** What a check of the source brought. */
    public sealed interface Check {
        /** It answered. */
        record Good() implements Check {}

        /** It did not answer, or not in time. */
        record Failed(String why) implements Check {}

        /**
         * It runs but would not let us in (too many connections, access denied): neither good nor a failure; the count
         * stays.
         */
        record Refused(String why) implements Check {}
    }

    /** What the count means. */
    public enum Health {
        OK,
        SUSPECT,
        DEAD
    }

    public HealthState after(Check check) {
        if (check instanceof Check.Good) {
            return HEALTHY;
        }
        return check instanceof Check.Failed ? new HealthState(failures + 1) : this;
    }

    public Health health() {
        if (failures == 0) {
            return Health.OK;
        }
        return failures < FAILURES_TO_DEATH ? Health.SUSPECT : Health.DEAD;
    }
}
