package io.mha4j.base;

import java.time.Duration;

/** The one way to wait for time to pass, so that tests can move a clock instead. */
@FunctionalInterface
public interface Sleeper {
    /**
     * Returns after {@code time}.
     *
     * @throws InterruptedException if the waiting thread is interrupted
     */
    void sleep(Duration time) throws InterruptedException;
}
