package io.mha4j.lab.level;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntToLongFunction;

/** A port of this machine that leads somewhere else and breaks connections after so many bytes from there. */
public final class CuttingHop implements AutoCloseable {
    /** A connection that is left alone. */
    public static final long WHOLE = Long.MAX_VALUE;

    private static final int CONNECT_MILLIS = 2000;

    private final ServerSocket listener;
    private final InetSocketAddress target;
    private final IntToLongFunction bytes;
    private final AtomicInteger cuts = new AtomicInteger();

    /** @param bytes how many the next connection lets through, told how many were cut so far; 0: it is refused */
    public CuttingHop(InetSocketAddress target, IntToLongFunction bytes) {
        try {
            this.listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.target = target;
        this.bytes = bytes;
        daemon(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** How many connections were cut. */
    public int cuts() {
        return cuts.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                long limit = bytes.applyAsLong(cuts());
                if (limit == 0) {
                    client.close();
                    continue;
                }
                Socket server = new Socket();
                server.connect(target, CONNECT_MILLIS);
                daemon(() -> copy(client, server, WHOLE));
                daemon(() -> copy(server, client, limit));
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
                    cuts.incrementAndGet();
                    return;
                }
            }
        } catch (IOException e) {
            return; // either side closed
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "cutting-hop");
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
