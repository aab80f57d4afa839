package io.mha4j.lab.selftest;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** What someone who knocks at a port sees. */
enum PortState {
    ACCEPTS,
    REFUSES,
    SILENT;

    private static final int PATIENCE_MILLIS = 700;

    static PortState of(String host, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
            return ACCEPTS;
        } catch (SocketTimeoutException e) {
            return SILENT;
        } catch (ConnectException e) {
            return REFUSES;
        } catch (IOException e) {
            throw new IllegalStateException(host + ":" + port + ": " + e.getMessage(), e);
        }
    }
}
