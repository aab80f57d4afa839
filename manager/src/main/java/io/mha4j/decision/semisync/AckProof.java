package io.mha4j.decision.semisync;

import io.mha4j.topology.details.SourceStatus;
import io.mha4j.topology.details.SourceStatus.Acknowledging;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether every transaction that a source acknowledged after it was asked last is known to have reached a replica that was read. That is so
 * while each commit waited for a replica, and not long enough for the source to give the waiting up before it was stopped.
 *
 * @param proven whether it is
 * @param clause how, or why not; about the source
 */
public record AckProof(boolean proven, String clause) {
    /**
     * A replica that was asked how much it had received after its receiver had stopped.
     *
     * @param acknowledges whether it acknowledged, as far as it knew, and has not thrown away since what it received
     */
    public record Reader(long serverId, boolean acknowledges) {}

    /**
     * Judges.
     *
     * @param status  how the source was when it was watched last
     * @param waiting its part about semi-synchronous replication
     * @param stopped by when it was seen to be stopped
     * @param readers all replicas that were read
     */
    public static AckProof of(
            SourceStatus status, Acknowledging waiting, Optional<Instant> stopped, List<Reader> readers) {
        return settings(waiting)
                .or(() -> time(status.at(), waiting, stopped))
                .or(() -> unread(status, waiting, readers))
                .map(why -> new AckProof(false, why))
                .orElseGet(() -> new AckProof(
                        true,
                        "each commit waited up to %s for %s, from %s before it was stopped on, and every replica that may have given one was read"
                                .formatted(
                                        seconds(waiting.timeout()),
                                        waiting.needed() == 1
                                                ? "an acknowledgement"
                                                : waiting.needed() + " acknowledgements",
                                        seconds(Duration.between(status.at(), stopped.orElseThrow())))));
    }

    private static Optional<String> settings(Acknowledging waiting) {
        if (!waiting.on()) {
            return Optional.of("its commits did not wait for replicas when it was looked at last");
        }
        if (!waiting.afterSync()) {
            return Optional.of("its wait point is not AFTER_SYNC, so that others may have read what no replica had");
        }
        return waiting.waitsAlone()
                ? Optional.empty()
                : Optional.of(
                        "rpl_semi_sync_source_wait_no_replica is off, so that commits do not wait while too few replicas are"
                                + " connected");
    }

    /** The oldest commit that waited then, or else one that began to wait then, ends the waiting of all. */
    private static Optional<String> time(Instant seen, Acknowledging waiting, Optional<Instant> stopped) {
        if (stopped.isEmpty()) {
            return Optional.of("it is not known by when it was stopped");
        }
        Duration took = Duration.between(seen, stopped.get());
        if (took.isNegative()) {
            return Optional.of("the clock of this host was set back meanwhile");
        }
        if (took.plus(waiting.waited()).compareTo(waiting.timeout()) < 0) {
            return Optional.empty();
        }
        String before = waiting.waited().isZero()
                ? ""
                : ", when a commit had waited for " + seconds(waiting.waited()) + " at most";
        return Optional.of(
                "it gives the waiting up after %s, and it was known to be stopped only %s after it was looked at last%s"
                        .formatted(seconds(waiting.timeout()), seconds(took), before));
    }

    private static Optional<String> unread(SourceStatus status, Acknowledging waiting, List<Reader> readers) {
        if (status.registered().isEmpty()) {
            return Optional.of("it does not tell our account which replicas are connected");
        }
        List<Long> registered = status.registered().get();
        if (registered.size() < waiting.clients()) {
            return Optional.of("not every replica that acknowledges has told it its name");
        }
        long known = registered.stream()
                .filter(id -> readers.stream().anyMatch(r -> r.serverId() == id && r.acknowledges()))
                .count();
        long unread = waiting.clients() - known;
        return unread < waiting.needed()
                ? Optional.empty()
                : Optional.of(unread
                        + (unread == 1
                                ? " replica that may have acknowledged cannot be asked what it received"
                                : " replicas that may have acknowledged cannot be asked what they received"));
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3f s", time.toMillis() / 1000.0);
    }
}
