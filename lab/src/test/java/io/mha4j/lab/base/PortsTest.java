package io.mha4j.lab.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class PortsTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @Test
    void a_port_that_somebody_listens_on_is_not_free() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, LOOPBACK)) {
            assertThat(Ports.isFree(listener.getLocalPort())).isFalse();
        }
    }

    /** As a program does that was started while the port was tried. */
    @Test
    void whoever_keeps_a_copy_of_a_trial_keeps_nobody_from_listening() throws IOException {
        int port = Ports.unused();
        try (Socket copy = new Socket()) {
            copy.setReuseAddress(true);
            copy.bind(new InetSocketAddress(LOOPBACK, port));
            try (ServerSocket listener = new ServerSocket(port, 1, LOOPBACK)) {
                assertThat(listener.getLocalPort()).isEqualTo(port);
            }
        }
    }
}
