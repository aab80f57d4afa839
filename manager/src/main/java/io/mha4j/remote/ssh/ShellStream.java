package io.mha4j.remote.ssh;

import io.mha4j.remote.ByteSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/**
 * One output stream of a shell that is kept open: cuts from it the answer of each command, which ends with a line that
 * holds a marker nobody can guess and the exit status. The SSH session's thread writes, so nothing here waits except the
 * receiver of bytes.
 */
final class ShellStream extends OutputStream {
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private byte[] marker = {};
    private ByteSink receiver = (bytes, from, length) -> {};
    private CompletableFuture<Integer> status = new CompletableFuture<>();
    private boolean closed;

    /**
     * Hands what comes from now on to {@code to} until the marker comes; the answer is the exit status after it, or an
     * {@link IOException} if the stream ends before.
     */
    synchronized CompletableFuture<Integer> expect(String mark, ByteSink to) {
        boolean heardBefore = marker.length > 0;
        marker = ("\n" + mark + " ").getBytes(StandardCharsets.US_ASCII);
        receiver = to;
        if (heardBefore) {
            held.reset();
        }
        status = new CompletableFuture<>();
        if (closed) {
            close();
        }
        return status;
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) throws IOException {
        if (status.isDone()) {
            // Somebody left in the background by an earlier command still writes.
            return;
        }
        held.write(bytes, from, length);
        if (marker.length == 0) {
            // A login shell's greeting, before anybody asked; it belongs to the first answer.
            return;
        }
        byte[] seen = held.toByteArray();
        int at = indexOf(seen, marker);
        int harmless = at >= 0 ? at : Math.max(0, seen.length - marker.length + 1);
        int end = at < 0 ? -1 : indexOf(seen, (byte) '\n', at + marker.length);
        if (at < 0 || end >= 0) {
            if (harmless > 0) {
                receiver.accept(seen, 0, harmless);
            }
            held.reset();
            held.write(seen, harmless, seen.length - harmless);
        }
        if (end >= 0) {
            int digits = at + marker.length;
            status.complete(Integer.parseInt(new String(seen, digits, end - digits, StandardCharsets.US_ASCII)));
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    /** The channel has ended: what was held back was no marker. */
    @Override
    public synchronized void close() {
        closed = true;
        boolean asked = marker.length > 0;
        if (asked && !status.isDone() && held.size() > 0) {
            try {
                receiver.accept(held.toByteArray(), 0, held.size());
            } catch (IOException e) {
                status.completeExceptionally(e);
            }
            held.reset();
        }
        status.completeExceptionally(new IOException("the connection ended"));
    }

    private static int indexOf(byte[] in, byte[] wanted) {
        for (int at = indexOf(in, wanted[0], 0); at >= 0; at = indexOf(in, wanted[0], at + 1)) {
            if (startsWith(in, at, wanted)) {
                return at;
            }
        }
        return -1;
    }

    private static int indexOf(byte[] in, byte wanted, int from) {
        for (int at = from; at < in.length; at++) {
            if (in[at] == wanted) {
                return at;
            }
        }
        return -1;
    }

    private static boolean startsWith(byte[] in, int at, byte[] wanted) {
        if (in.length - at < wanted.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (in[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
