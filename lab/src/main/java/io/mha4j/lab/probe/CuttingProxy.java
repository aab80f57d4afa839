package io.mha4j.lab.probe;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

/** A hop before a source that breaks the connection after so many bytes, so that a relay log ends inside a transaction. */
final class CuttingProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final InetSocketAddress target;
    private final AtomicLong left;

    CuttingProxy(String host, int port, long bytes) {
        try {
            this.listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.target = new InetSocketAddress(host, port);
        this.left = new AtomicLong(bytes);
        daemon(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Whether it let through all that it lets through. */
    boolean cut() {
        return left.get() <= 0;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                if (cut()) {
                    client.close();
                } else {
                    Socket server = new Socket();
                    server.connect(target, 2000);
                    daemon(() -> copy(client, server, new AtomicLong(Long.MAX_VALUE)));
                    daemon(() -> copy(server, client, left));
                }
            }
        } catch (IOException e) {
            return; // closed
        }
    }

    private static void copy(Socket from, Socket to, AtomicLong left) {
        byte[] buffer = new byte[8192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer); n >= 0 && left.get() > 0; n = in.read(buffer)) {
                out.write(buffer, 0, (int) Math.min(n, left.get()));
                out.flush();
                left.addAndGet(-n);
            }
        } catch (IOException e) {
            return; // either side closed
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "cutting-proxy");
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
