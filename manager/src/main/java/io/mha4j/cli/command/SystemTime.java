package io.mha4j.cli.command;

import io.mha4j.base.Sleeper;
import io.mha4j.base.Ticks;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.concurrent.TimeUnit;

/** The one place where this program reads clocks and sleeps. */
public final class SystemTime {
    public static final Ticks TICKS = System::nanoTime;
    public static final Sleeper SLEEPER = time -> TimeUnit.NANOSECONDS.sleep(time.toNanos());
    public static final InstantSource CLOCK = InstantSource.system();

    private SystemTime() {}

    /** The zone in which operators read times. */
    public static ZoneId zone() {
        return ZoneId.systemDefault();
    }
}
