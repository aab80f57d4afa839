package io.mha4j.cli;

import io.mha4j.base.Sleeper;
import io.mha4j.base.Ticks;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.concurrent.TimeUnit;

/** The one place where this program reads clocks and sleeps. */
final class SystemTime {
    static final Ticks TICKS = System::nanoTime;
    static final Sleeper SLEEPER = time -> TimeUnit.NANOSECONDS.sleep(time.toNanos());
    static final InstantSource CLOCK = InstantSource.system();

    private SystemTime() {}

    static ZoneId zone() {
        return ZoneId.systemDefault();
    }
}
