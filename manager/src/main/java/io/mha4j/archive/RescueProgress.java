package io.mha4j.archive;

/**
 * How far a rescue is.
 *
 * @param bytes        fetched so far
 * @param total        to be fetched, as far as known when the origin was looked at
 * @param transactions whole ones so far
 */
public record RescueProgress(long bytes, long total, long transactions) {
    /** Is told several times a second while bytes come in; on the rescuing thread. */
    @FunctionalInterface
    public interface Listener {
        void at(RescueProgress progress);
    }
}
