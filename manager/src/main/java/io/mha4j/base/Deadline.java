package io.mha4j.base;

import java.time.Duration;

/**
 * One budget handed down a call chain, so that nested waits cannot add up to more than the caller allowed.
 *
 * @param ticks   the monotonic tick source
 * @param endTick the tick at which the budget is used up
 */
public record Deadline(Ticks ticks, long endTick) {
    /** A deadline {@code budget} from now. */
    public static Deadline in(Duration budget, Ticks ticks) {
        return new Deadline(ticks, ticks.nanos() + budget.toNanos());
    }

    /** What is left, never negative. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, endTick - ticks.nanos()));
    }

    public boolean isOver() {
        return endTick - ticks.nanos() <= 0;
    }

    /** A deadline no later than this one and at most {@code budget} from now. */
    public Deadline atMost(Duration budget) {
        long other = ticks.nanos() + budget.toNanos();
        return other - endTick < 0 ? new Deadline(ticks, other) : this;
    }
}
