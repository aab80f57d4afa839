package io.mha4j.remote;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Reads one output stream of a program to its end on a thread of its own, so that the program never blocks on a full
 * pipe. Keeps the first few megabytes and counts the rest.
 */
final class KeptOutput {
    private static final int NAPS = 10;

    private final LimitedBytes kept;
    private final CountDownLatch ended = new CountDownLatch(1);

    private KeptOutput(int limit) {
        kept = new LimitedBytes(limit);
    }

    /** Starts to read {@code stream}; the thread lives as long as anybody holds the other end open. */
    static KeptOutput of(InputStream stream, String what, int limit) {
        KeptOutput output = new KeptOutput(limit);
        Thread reader = new Thread(() -> output.readAll(stream), what);
        reader.setDaemon(true);
        reader.start();
        return output;
    }

    /**
     * Waits until the stream has ended, at most {@code grace}, in several naps: where the whole machine stood still, one of
     * them is over before the thread that reads had its turn, not all.
     */
    void awaitEnd(Duration grace) throws InterruptedException {
        int naps = 0;
        while (naps < NAPS && !ended.await(grace.toNanos() / NAPS, TimeUnit.NANOSECONDS)) {
            naps++;
        }
    }

    /** What has been read so far. */
    String text() {
        return kept.text();
    }

    private void readAll(InputStream stream) {
        byte[] buffer = new byte[8192];
        try (stream) {
            for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
                kept.add(buffer, 0, n);
            }
        } catch (IOException e) {
            // The pipe broke because the program was killed: what was read before stands.
        } finally {
            ended.countDown();
        }
    }
}
