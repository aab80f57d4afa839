package io.mha4j.lab;

import io.mha4j.base.Deadline;
import io.mha4j.base.Sleeper;
import io.mha4j.base.Ticks;
import java.time.Duration;
import java.time.InstantSource;

/**
 * The one place where the lab reads clocks.
 *
 * @param ticks   measures how long something took; every figure the lab states comes from it
 * @param wall    only for the times a person reads
 * @param sleeper waits
 */
public record LabTime(Ticks ticks, InstantSource wall, Sleeper sleeper) {
    /** The machine's clocks. */
    public static LabTime real() {
        return new LabTime(
                System::nanoTime,
                InstantSource.system(),
                time -> Thread.sleep(time.toMillis(), time.toNanosPart() % 1_000_000));
    }

    public Deadline in(Duration budget) {
        return Deadline.in(budget, ticks);
    }
}
