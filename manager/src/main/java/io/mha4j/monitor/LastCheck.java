package io.mha4j.monitor;

import io.mha4j.base.Deadline;
import io.mha4j.base.Ticks;
import io.mha4j.decision.HealthState.Check;
import java.time.Duration;

/**
 * A check of the source, and how long it may be taken for how the source is now.
 *
 * @param check what it brought
 * @param fresh one interval from its end; less where it overran its limit, as when this process stood still meanwhile
 */
record LastCheck(Check check, Deadline fresh) {
    private static final int TIMES = 3;

    /** Checks. */
    static LastCheck now(SourceProbe probe, Duration interval, Ticks ticks) {
        Deadline latest = Deadline.in(interval.multipliedBy(2), ticks);
        Check check = probe.check(interval);
        return new LastCheck(check, latest.atMost(interval));
    }

    /**
     * This failure while it is fresh; else that of another check, or what else that one brings. Where every check overruns, the
     * last of a few counts as it is.
     */
    LastCheck renewed(SourceProbe probe, Duration interval, Ticks ticks) {
        LastCheck last = this;
        for (int again = 0; again < TIMES && last.check.isFailure() && last.fresh.isOver(); again++) {
            last = now(probe, interval, ticks);
        }
        return last;
    }
}
