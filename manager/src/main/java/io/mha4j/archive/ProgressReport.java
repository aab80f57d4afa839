package io.mha4j.archive;

import io.mha4j.base.Deadline;
import io.mha4j.remote.ByteSink;
import java.time.Duration;

/** Tells a listener how far a rescue is, not too often. */
final class ProgressReport {
    private static final Duration BETWEEN = Duration.ofMillis(250);

    private final RescueProgress.Listener listener;
    private final Deadline deadline;
    private Deadline next;
    private long total;
    private long fetched;
    private long transactions;

    ProgressReport(RescueProgress.Listener listener, Deadline deadline) {
        this.listener = listener;
        this.deadline = deadline;
        next = deadline.atMost(BETWEEN);
    }

    void total(long bytes) {
        total = bytes;
    }

    /** Hands bytes on to {@code copy} and counts them. */
    ByteSink counting(EventCopy copy) {
        return (bytes, at, length) -> {
            copy.accept(bytes, at, length);
            fetched += length;
            if (next.isOver()) {
                next = deadline.atMost(BETWEEN);
                tell(transactions + copy.whole());
            }
        };
    }

    /** A file with this many whole transactions is done. */
    void fileEnded(long whole) {
        transactions += whole;
    }

    void end() {
        tell(transactions);
    }

    private void tell(long whole) {
        listener.at(new RescueProgress(fetched, Math.max(total, fetched), whole));
    }
}
