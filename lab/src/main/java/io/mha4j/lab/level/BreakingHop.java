package io.mha4j.lab.level;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** A port of this machine that leads to another one of it; the first connections break after a random number of bytes. */
final class BreakingHop implements AutoCloseable {
    private static final int MOST_BYTES = 400_000;

    private final ServerSocket listener;
    private final int target;
    private final Random luck;
    private final AtomicInteger breaksLeft;

    /** @param breaks how many connections break */
    BreakingHop(int target, Random luck, int breaks) {
        try {
            this.listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.target = target;
        this.luck = luck;
        this.breaksLeft = new AtomicInteger(breaks);
        daemon(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    int breaksLeft() {
        return Math.max(0, breaksLeft.get());
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Socket source = new Socket(InetAddress.getLoopbackAddress(), target);
                long bytes = breaksLeft.get() > 0 ? luck.nextInt(MOST_BYTES) : Long.MAX_VALUE;
                daemon(() -> copy(client, source, Long.MAX_VALUE));
                daemon(() -> copy(source, client, bytes));
            }
        } catch (IOException e) {
            return; // closed, or nothing is behind it any more
        }
    }

    private void copy(Socket from, Socket to, long limit) {
        byte[] buffer = new byte[4096];
        long left = limit;
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                int part = (int) Math.min(n, left);
                out.write(buffer, 0, part);
                left -= part;
                if (left == 0) {
                    breaksLeft.decrementAndGet();
                    return;
                }
            }
        } catch (IOException e) {
            return; // either side closed
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "breaking-hop");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
