package io.mha4j.monitor.route;

import io.mha4j.base.CommandException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Listens on an address of this host and says to everybody who connects what a server's greeting begins with. */
public final class Greeter implements AutoCloseable {
    private static final byte[] GREETING = {1, 0, 0, 0, 10};
    private static final int BACKLOG = 10;

    private final ServerSocket door;
    private volatile boolean closed;

    private Greeter(ServerSocket door) {
        this.door = door;
    }

    /**
     * Begins to listen, at any port.
     *
     * @param address a literal one
     * @throws CommandException if this host cannot listen there
     */
    public static Greeter at(String address) {
        try {
            ServerSocket door = new ServerSocket(0, BACKLOG, InetAddress.getByName(address));
            Greeter greeter = new Greeter(door);
            Thread thread = new Thread(greeter::greet, "greeter-" + door.getLocalPort());
            thread.setDaemon(true);
            thread.start();
            return greeter;
        } catch (IOException e) {
            throw new CommandException("the manager's host cannot listen on " + address + ": " + e.getMessage(), e);
        }
    }

    public int port() {
        return door.getLocalPort();
    }

    private void greet() {
        while (!closed) {
            try (Socket guest = door.accept()) {
                guest.getOutputStream().write(GREETING);
            } catch (IOException e) {
                // The next one may be luckier; a closed door ends the loop.
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            door.close();
        } catch (IOException e) {
            // The port is freed when the program ends.
        }
    }
}
