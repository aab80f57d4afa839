package io.mha4j.lab.base;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Waiting for what another thread or program does, on a machine that may be busy. */
public final class Patience {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Patience() {}

    /**
     * Test classes run beside each other, and an SSH server says a lot in its threads while it is closed: what they throw meanwhile
     * is no matter of this test.
     */
    public static ConditionFactory await() {
        return Awaitility.await().atMost(LIMIT).dontCatchUncaughtExceptions();
    }
}
