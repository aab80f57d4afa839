package io.mha4j.lab.host;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.lab.base.Patience;
import io.mha4j.lab.base.Ports;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;

class SilentPortTest {
    private static final String HOST = "127.0.0.1";

    @Test
    void attempts_run_into_their_time_out_and_are_refused_afterwards() throws IOException {
        int port = Ports.unused();

        try (SilentPort ignored = SilentPort.on(HOST, port)) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> connect(port)).isInstanceOf(SocketTimeoutException.class);
            }
        }

        Patience.await()
                .untilAsserted(() -> assertThatThrownBy(() -> connect(port)).isInstanceOf(ConnectException.class));
        // A program that another test started just then listens at it for a moment more.
        Patience.await().untilAsserted(() -> new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close());
    }

    private static void connect(int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 300);
        }
    }
}
