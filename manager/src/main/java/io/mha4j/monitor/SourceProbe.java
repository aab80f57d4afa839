package io.mha4j.monitor;

import io.mha4j.decision.HealthState;
import java.time.Duration;

/** One look at the source. Used by one thread. */
public interface SourceProbe extends AutoCloseable {
    /** Asks the source whether it lives; comes back within {@code limit}, whatever the source does. */
    HealthState.Check check(Duration limit);

    @Override
    void close();
}
