package io.mha4j.remote;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The first bytes of a stream up to a limit, and how many came after them. Thread-safe. */
public final class LimitedBytes {
    private final int limit;
    private final ByteArrayOutputStream first = new ByteArrayOutputStream();
    private long dropped;

    public LimitedBytes(int limit) {
        this.limit = limit;
    }

    public synchronized void add(byte[] bytes, int from, int length) {
        int fitting = Math.min(length, limit - first.size());
        first.write(bytes, from, fitting);
        dropped += length - fitting;
    }

    /** The kept bytes as UTF-8; when some were dropped, a last line says how many. */
    public synchronized String text() {
        String text = first.toString(StandardCharsets.UTF_8);
        return dropped == 0 ? text : text + "\n[" + dropped + " more bytes were not kept]\n";
    }
}
