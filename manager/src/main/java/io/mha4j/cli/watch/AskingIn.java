package io.mha4j.cli.watch;

import io.mha4j.base.Deadline;
import io.mha4j.base.Ticks;
import java.time.Duration;
import java.util.Optional;

/** How often a tree with one that is home is asked for: at once, and ever more seldom where it could not be taken in. */
final class AskingIn {
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(30);

    private final Ticks ticks;
    private Duration pause = FIRST_PAUSE;
    private Optional<Deadline> pausing = Optional.empty();

    AskingIn(Ticks ticks) {
        this.ticks = ticks;
    }

    /** @param news whether one more is home */
    synchronized boolean isDue(boolean news) {
        if (!news && pausing.filter(deadline -> !deadline.isOver()).isPresent()) {
            return false;
        }
        Duration next = news ? FIRST_PAUSE : pause.multipliedBy(2);
        pause = next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next;
        pausing = Optional.of(Deadline.in(pause, ticks));
        return true;
    }
}
