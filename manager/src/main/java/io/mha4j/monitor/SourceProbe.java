package io.mha4j.monitor;

import io.mha4j.base.Deadline;
import io.mha4j.decision.HealthState;
import java.time.Duration;

/** One look at the source. Used by one thread. */
public interface SourceProbe extends AutoCloseable {
    /** Asks the source whether it lives; comes back within {@code limit}, whatever the source does. */
    HealthState.Check check(Duration limit);

    /**
     * Waits until something happens on the connection to the source between two checks, which means that the next check
     * is due; at the latest until the deadline. Answers at once, with false, where there is nothing to listen to.
     */
    boolean awaitNews(Deadline deadline);

    @Override
    void close();
}
