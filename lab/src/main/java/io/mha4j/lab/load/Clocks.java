package io.mha4j.lab.load;

import io.mha4j.base.Sleeper;
import io.mha4j.base.Ticks;
import io.mha4j.lab.base.Waiter;
import java.time.InstantSource;

/**
 * Time as the load uses it.
 *
 * @param ticks   every stated duration comes from it
 * @param wall    only for the times a person reads
 * @param sleeper waits between writes
 */
public record Clocks(Ticks ticks, InstantSource wall, Sleeper sleeper) {
    /** The machine's clocks. */
    public static Clocks real() {
        Waiter waiter = Waiter.real();
        return new Clocks(waiter.ticks(), InstantSource.system(), waiter.sleeper());
    }
}
