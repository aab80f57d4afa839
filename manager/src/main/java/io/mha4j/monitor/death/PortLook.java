package io.mha4j.monitor.death;

import io.mha4j.base.Deadline;
import io.mha4j.base.ServerId;
import io.mha4j.decision.death.Proof;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Locale;

/** Tries to connect to a server, and does no more. */
final class PortLook {
    private PortLook() {}

    static Proof refuses(ServerId server, Deadline deadline) {
        String port = "port " + server.port();
        int limit = (int) Math.max(1, deadline.remaining().toMillis());
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(server.ip(), server.port()), limit);
            return new Proof.Refuted(port + " accepts connections");
        } catch (ConnectException e) {
            return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("refused")
                    ? new Proof.Shown(port + " refuses connections")
                    : new Proof.Unknown(port + " cannot be reached: " + e.getMessage());
        } catch (IOException e) {
            return new Proof.Unknown(port + " cannot be reached: " + e.getMessage());
        }
    }
}
