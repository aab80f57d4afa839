package io.mha4j.lab.host;

import io.mha4j.lab.base.LabException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * A port that answers nothing, neither yes nor no: connection attempts run into their time-out. Made without privileges
 * by a listener whose queue is full and never emptied, for which Linux drops further attempts.
 */
final class SilentPort implements AutoCloseable {
    /** The kernel takes one more than the backlog; the others are dropped already and only make sure. */
    private static final int FILLERS = 4;

    private final ServerSocket listener;
    private final List<SocketChannel> fillers = new ArrayList<>();

    private SilentPort(ServerSocket listener) {
        this.listener = listener;
    }

    /** Takes the port, which must be free. */
    static SilentPort on(String host, int port) {
        try {
            ServerSocket listener = new ServerSocket();
            listener.setReuseAddress(true);
            listener.bind(new InetSocketAddress(host, port), 1);
            SilentPort silent = new SilentPort(listener);
            silent.fill();
            return silent;
        } catch (IOException e) {
            throw new LabException("cannot silence %s:%d: %s".formatted(host, port, e.getMessage()), e);
        }
    }

    private void fill() throws IOException {
        for (int i = 0; i < FILLERS; i++) {
            SocketChannel filler = SocketChannel.open();
            filler.configureBlocking(false);
            filler.connect(listener.getLocalSocketAddress());
            fillers.add(filler);
        }
    }

    @Override
    public void close() {
        try {
            for (SocketChannel filler : fillers) {
                filler.close();
            }
            listener.close();
        } catch (IOException e) {
            throw new LabException("cannot give up " + listener + ": " + e.getMessage(), e);
        }
    }
}
