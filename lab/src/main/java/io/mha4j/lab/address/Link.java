package io.mha4j.lab.address;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** One client's connection and its other half towards the server. */
final class Link {
    private static final int CHUNK_BYTES = 16 * 1024;

    private final Socket client;
    private final Socket server;

    Link(Socket client, Socket server) {
        this.client = client;
        this.server = server;
    }

    /** Copies until one side ends, then ends both: a client must not wait on half a connection. */
    void pumpToServer() {
        pump(client, server);
    }

    void pumpToClient() {
        pump(server, client);
    }

    private void pump(Socket from, Socket to) {
        byte[] chunk = new byte[CHUNK_BYTES];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                out.write(chunk, 0, n);
            }
        } catch (IOException e) {
            // The other side vanished or the address was moved; both are what this forwarder is for.
        } finally {
            cut();
        }
    }

    /** Resets both halves at once, so that a client notices without waiting for a time-out. */
    void cut() {
        reset(client);
        reset(server);
    }

    static void reset(Socket socket) {
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // Already closed: nothing is left to reset.
        }
    }
}
