package io.mha4j.lab.base;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
