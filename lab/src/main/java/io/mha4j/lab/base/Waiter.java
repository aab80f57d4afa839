package io.mha4j.lab.base;

import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import io.mha4j.base.Sleeper;
import io.mha4j.base.Ticks;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Waits for conditions, never longer than a deadline. Safe for use by several threads.
 *
 * @param ticks   monotonic tick source
 * @param sleeper how to let time pass between two looks
 */
public record Waiter(Ticks ticks, Sleeper sleeper) {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    /** A waiter on this machine's monotonic clock. */
    public static Waiter real() {
        return new Waiter(System::nanoTime, time -> Thread.sleep(time.toMillis()));
    }

    /** A deadline {@code budget} from now. */
    public Deadline in(Duration budget) {
        return Deadline.in(budget, ticks);
    }

    /**
     * Looks every 20 ms until {@code condition} holds; looks at least once.
     *
     * @return whether it held before the deadline
     * @throws InterruptedWork if this thread is interrupted meanwhile
     */
    public boolean until(Deadline deadline, BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            if (deadline.isOver()) {
                return false;
            }
            pause();
        }
        return true;
    }

    private void pause() {
        try {
            sleeper.sleep(BETWEEN_LOOKS);
        } catch (InterruptedException e) {
            throw InterruptedWork.during("waiting", e);
        }
    }
}
