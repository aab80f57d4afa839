package io.mha4j.feed;

import io.mha4j.base.Deadline;
import io.mha4j.base.Ticks;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The network connection to one client. Reads have a time limit of the socket's own; Java knows none for writes, so that
 * somebody has to call {@link #cutIfStalled} now and then. That and {@link #close} are safe to call from any thread.
 */
final class Line implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Socket socket;
    private final Ticks ticks;
    private final Duration stall;
    private final Packets packets;
    private volatile @Nullable Deadline writeEnds;
    private volatile boolean stalled;

    /**
     * @param stall how long the client may take no byte
     */
    Line(Socket socket, Ticks ticks, Duration stall) throws IOException {
        this.socket = socket;
        this.ticks = ticks;
        this.stall = stall;
        socket.setTcpNoDelay(true);
        packets = new Packets(socket.getInputStream(), new Buffer(socket.getOutputStream()));
    }

    /** What is written to them is held back until it is much, or flushed. */
    Packets packets() {
        return packets;
    }

    /** From now on a read that takes longer ends with a {@link java.net.SocketTimeoutException}. */
    void readWithin(Duration limit) throws IOException {
        socket.setSoTimeout((int) Math.max(1, Math.min(Integer.MAX_VALUE, limit.toMillis())));
    }

    String client() {
        return socket.getInetAddress().getHostAddress() + ":" + socket.getPort();
    }

    /** Ends the connection if the client has taken no byte for too long. */
    void cutIfStalled() {
        Deadline ends = writeEnds;
        if (ends != null && ends.isOver()) {
            stalled = true;
            close();
        }
    }

    boolean wasStalled() {
        return stalled;
    }

    Duration stallLimit() {
        return stall;
    }

    /** Ends the connection, whatever its thread is waiting for. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // Nothing is lost: what the client has not got by now it will ask for again.
        }
    }

    /** Not synchronized as the JDK's is: one thread writes, some million times a second. */
    private final class Buffer extends OutputStream {
        private final OutputStream network;
        private final byte[] bytes = new byte[BUFFER_BYTES];
        private int filled;

        Buffer(OutputStream network) {
            this.network = network;
        }

        @Override
        public void write(int b) throws IOException {
            if (filled == bytes.length) {
                empty();
            }
            bytes[filled++] = (byte) b;
        }

        @Override
        public void write(byte[] from, int at, int length) throws IOException {
            int done = 0;
            while (done < length) {
                if (filled == bytes.length) {
                    empty();
                }
                int part = Math.min(length - done, bytes.length - filled);
                System.arraycopy(from, at + done, bytes, filled, part);
                filled += part;
                done += part;
            }
        }

        @Override
        public void flush() throws IOException {
            empty();
            network.flush();
        }

        private void empty() throws IOException {
            writeEnds = Deadline.in(stall, ticks);
            network.write(bytes, 0, filled);
            writeEnds = null;
            filled = 0;
        }
    }
}
