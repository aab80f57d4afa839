package io.mha4j.base;

import java.time.Instant;
import java.time.InstantSource;

/**
 * The time of day as it was at the beginning and as it has gone on since, however the host's clock is set meanwhile; so the
 * difference of two of its instants is what has passed. For one run, not for months: it follows no correction. Thread-safe.
 */
public final class SteadyClock implements InstantSource {
    private final Instant begun;
    private final Ticks ticks;
    private final long origin;

    /** Begins now, with what {@code wall} says. */
    public SteadyClock(InstantSource wall, Ticks ticks) {
        this.begun = wall.instant();
        this.ticks = ticks;
        this.origin = ticks.nanos();
    }

    /**
     * The same, but never behind {@code wall}: a host that is suspended counts no ticks. What has passed between two of its instants may be
     * less than they say, but is not more.
     */
    public InstantSource notBehind(InstantSource wall) {
        return () -> {
            Instant steady = instant();
            Instant shown = wall.instant();
            return shown.isAfter(steady) ? shown : steady;
        };
    }

    @Override
    public Instant instant() {
        return begun.plusNanos(ticks.nanos() - origin);
    }
}
