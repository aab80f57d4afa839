package io.mha4j.base;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Waiting for what another thread or program does, on a machine that may be busy. */
public final class Patience {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private Patience() {}

    /** Test classes run beside each other: what threads of another one throw meanwhile is no matter of this one. */
    public static ConditionFactory await() {
        return Awaitility.await().atMost(LIMIT).dontCatchUncaughtExceptions();
    }
}
