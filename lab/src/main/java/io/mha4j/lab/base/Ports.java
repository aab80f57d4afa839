package io.mha4j.lab.base;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of the loopback address that nothing listens on. */
public final class Ports {
    /** Below the range from which Linux gives outgoing connections their ports (net.ipv4.ip_local_port_range). */
    private static final int FIRST = 20_000;

    private static final int BEHIND = 32_000;
    private static final int ATTEMPTS = 100;

    private Ports() {}

    /**
     * A port that nobody listens on, drawn from those which no outgoing connection takes by chance, so that it is still free a moment later.
     *
     * @throws LabException after 100 draws that were all taken
     */
    public static int unused() {
        for (int i = 0; i < ATTEMPTS; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, BEHIND);
            if (isFree(port)) {
                return port;
            }
        }
        throw new LabException("no free port of 127.0.0.1 between %d and %d".formatted(FIRST, BEHIND - 1));
    }

    /**
     * Tries the port without listening on it: a program that is started just then holds a copy of each socket for a moment, and
     * one that listens would keep everybody else away as long.
     */
    static boolean isFree(int port) {
        try (Socket socket = new Socket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
