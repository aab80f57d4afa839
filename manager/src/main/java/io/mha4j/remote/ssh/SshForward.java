package io.mha4j.remote.ssh;

import com.jcraft.jsch.Session;
import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import io.mha4j.base.Ticks;
import io.mha4j.remote.PortForward;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A port of a host that leads here, on a connection that serves nothing else meanwhile: what goes through it holds up no
 * command, and with that connection its port is gone for certain, whatever happens to us.
 */
final class SshForward implements PortForward {
    /** The port of a service that nobody runs (discard), for trying. */
    static final int NO_SERVICE = 9;

    private static final String HERE = "127.0.0.1";
    private static final int UNKNOWN = 0;
    private static final int TRIES = 3;
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final SshConnection connection;
    private final int port;
    private final Runnable end;
    private final AtomicBoolean ended = new AtomicBoolean();

    private SshForward(SshConnection connection, int port, Runnable end) {
        this.connection = connection;
        this.port = port;
        this.end = end;
    }

    /**
     * Asks the host for a port on a connection that is lent for it.
     *
     * @return none if the port is not known
     * @throws CommandException if it gives none, with the reason and a way out
     */
    static Optional<PortForward> on(
            SshConnection connection, int localPort, Consumer<Connection> back, Deadline deadline) {
        int port = ask(connection, localPort, deadline);
        return port == UNKNOWN
                ? Optional.empty()
                : Optional.of(new SshForward(connection, port, () -> end(connection, port, back, deadline.ticks())));
    }

    private static void end(SshConnection connection, int port, Consumer<Connection> back, Ticks ticks) {
        try {
            giveBack(connection, port, Deadline.in(LAST_WORDS, ticks));
        } catch (CommandException e) {
            connection.close();
        }
        back.accept(connection);
    }

    /**
     * Connects and asks the host for a port.
     *
     * @param doubts told what is odd about the host's key though it is believed
     * @throws CommandException if that fails, with the reason and a way out
     */
    static SshForward open(SshTarget target, int localPort, Consumer<String> doubts, Deadline deadline) {
        for (int i = 1; i < TRIES; i++) {
            Optional<SshForward> forward = tried(target, localPort, doubts, deadline);
            if (forward.isPresent()) {
                return forward.get();
            }
        }
        return tried(target, localPort, doubts, deadline)
                .orElseThrow(() -> new CommandException("SSH to " + target.name()
                        + ": the host opened a port to here, but which one was not understood"));
    }

    /** Nothing if the port is not known: the library notes an answer before its port, and a slow one is read in between. */
    private static Optional<SshForward> tried(
            SshTarget target, int localPort, Consumer<String> doubts, Deadline deadline) {
        SshConnection connection = SshConnection.open(target, doubts, deadline);
        boolean done = false;
        try {
            int port = ask(connection, localPort, deadline);
            done = port != UNKNOWN;
            return done ? Optional.of(new SshForward(connection, port, connection::close)) : Optional.empty();
        } finally {
            if (!done) {
                connection.close();
            }
        }
    }

    /** Asks for a port on a connection that serves other things, and gives it back. */
    static void tryOn(SshConnection connection, Deadline deadline) {
        int port = ask(connection, NO_SERVICE, deadline);
        if (port != UNKNOWN) {
            giveBack(connection, port, deadline);
        }
    }

    private static void giveBack(SshConnection connection, int port, Deadline deadline) {
        Session session = connection.session();
        String doing = "giving a port back to " + connection.name();
        try {
            JschCall.await(
                    doing,
                    () -> {
                        session.delPortForwardingR(HERE, port);
                        return true;
                    },
                    deadline);
        } catch (TimeoutException | ExecutionException e) {
            throw failed(connection.name(), "did not take the port back; look at the log of sshd", e);
        } catch (InterruptedException e) {
            throw InterruptedWork.during(doing, e);
        }
    }

    private static int ask(SshConnection connection, int localPort, Deadline deadline) {
        Session session = connection.session();
        String rule = HERE + ":0:" + HERE + ":" + localPort;
        try {
            return JschCall.await(
                    "ssh forward from " + connection.name(), () -> session.setPortForwardingR(rule), deadline);
        } catch (TimeoutException e) {
            throw failed(connection.name(), "did not answer in time; check that the host responds", e);
        } catch (ExecutionException e) {
            throw session.isConnected()
                    ? forbidden(connection.name(), e)
                    : failed(connection.name(), "ended the connection; look at the log of sshd", e);
        } catch (InterruptedException e) {
            throw InterruptedWork.during("asking " + connection.name() + " for a port forward", e);
        }
    }

    static CommandException forbidden(String host, Exception cause) {
        return failed(
                host,
                "forbids it; its sshd_config needs AllowTcpForwarding yes or remote, and the key in authorized_keys"
                        + " neither restrict nor no-port-forwarding",
                cause);
    }

    private static CommandException failed(String host, String why, Exception cause) {
        return new CommandException("SSH to " + host + ": asked to forward a port to here, the host " + why, cause);
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public boolean isOpen() {
        return !ended.get() && connection.isAlive();
    }

    @Override
    public void close() {
        if (ended.compareAndSet(false, true)) {
            end.run();
        }
    }
}
