package io.mha4j.monitor;

import io.mha4j.base.ServerId;
import io.mha4j.base.Ticks;
import io.mha4j.topology.details.SourceStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** What the source said last of itself; kept from one watching to the next. Safe for use by several threads. */
public final class LastStatus {
    private volatile Optional<Known> known = Optional.empty();

    private record Known(ServerId source, SourceStatus status, long tick) {}

    /** @param tick just before it was asked */
    void note(ServerId source, SourceStatus status, long tick) {
        known = Optional.of(new Known(source, status, tick));
    }

    /**
     * What a source said, if it was asked at all. When that was is told by the clock as it is now, however it was set since; where it has
     * gone on by more than ticks say, as over a time in which this host was suspended, that has passed.
     *
     * @param fresh how long it is good for saying how commits wait: later the source may have lived on, unasked
     */
    public Optional<SourceStatus> of(ServerId source, Duration fresh, Ticks ticks, InstantSource clock) {
        return known.filter(k -> k.source().equals(source)).map(k -> {
            Instant now = clock.instant();
            Duration ticked = Duration.ofNanos(ticks.nanos() - k.tick());
            Duration shown = Duration.between(k.status().at(), now);
            Duration age = ticked.compareTo(shown) > 0 ? ticked : shown;
            SourceStatus then = k.status().at(now.minus(age));
            return age.compareTo(fresh) > 0 ? then.withoutAcknowledging() : then;
        });
    }
}
