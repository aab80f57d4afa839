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

    /** Waits until the stream has ended, at most {@code grace}. */
    void awaitEnd(Duration grace) throws InterruptedException {
        ended.await(grace.toNanos(), TimeUnit.NANOSECONDS);
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
