package io.mha4j.cli.outlook;

import io.mha4j.base.Deadline;
import io.mha4j.base.Ticks;
import java.time.Duration;
import java.util.Optional;

/**
 * When people are told of something that begins and ends: at once, and then at most every ten minutes, and only if it is not
 * as they were told last. What could not be told is tried again at that pace. For one thread at a time.
 */
final class AlarmPace {
    private static final Duration BETWEEN_ALARMS = Duration.ofMinutes(10);

    private final Ticks ticks;
    private Object told;
    private Optional<Deadline> silence = Optional.empty();

    /** @param told what nobody needs to be told */
    AlarmPace(Object told, Ticks ticks) {
        this.told = told;
        this.ticks = ticks;
    }

    /** Whether it is time to tell how things are; whether that succeeds or not, there is silence after it. */
    boolean isDue(Object now) {
        if (now.equals(told) || silence.filter(s -> !s.isOver()).isPresent()) {
            return false;
        }
        silence = Optional.of(Deadline.in(BETWEEN_ALARMS, ticks));
        return true;
    }

    /** People have been told of this. */
    void told(Object now) {
        told = now;
    }
}
