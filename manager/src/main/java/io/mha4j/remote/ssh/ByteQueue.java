package io.mha4j.remote.ssh;

import io.mha4j.remote.ByteSink;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Carries bytes from the SSH session's thread to the thread that wants them. A slow taker makes the session wait, so that
 * memory stays bounded.
 */
final class ByteQueue implements ByteSink {
    private static final int CHUNKS = 64;
    private static final byte[] END = {};

    private final BlockingQueue<byte[]> chunks = new ArrayBlockingQueue<>(CHUNKS);
    private volatile boolean abandoned;

    @Override
    public void accept(byte[] bytes, int from, int length) throws IOException {
        put(Arrays.copyOfRange(bytes, from, from + length));
    }

    /** No more bytes will come; the taker sees that after the last of them. */
    void end() {
        try {
            put(END);
        } catch (IOException e) {
            // Nobody takes any more, so nobody waits for the end.
        }
    }

    /** Nobody will take any more: whoever waits to put gets an {@link IOException}. */
    void abandon() {
        abandoned = true;
    }

    /** The next bytes; none when no more will come. */
    Optional<byte[]> take(long nanos) throws InterruptedException, TimeoutException {
        byte[] chunk = chunks.poll(nanos, TimeUnit.NANOSECONDS);
        if (chunk == null) {
            throw new TimeoutException();
        }
        return chunk == END ? Optional.empty() : Optional.of(chunk);
    }

    private void put(byte[] chunk) throws IOException {
        try {
            while (!chunks.offer(chunk, 100, TimeUnit.MILLISECONDS)) {
                if (abandoned) {
                    throw new IOException("nobody takes the bytes any more");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
