package io.mha4j.remote.ssh;

import io.mha4j.base.Deadline;
import io.mha4j.remote.PortForward;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.Consumer;

/** One authenticated connection to a host, on which shells are started. */
interface Connection extends AutoCloseable {
    /** How messages call the host. */
    String name();

    boolean isAlive();

    /** Whether shells are started as root by sudo. */
    boolean bySudo();

    /**
     * Starts {@code /bin/sh} there.
     *
     * @param out gets what it writes, on another thread, and is closed when it has ended; {@code err} likewise
     * @throws IOException if it cannot be started by the deadline
     */
    Shell start(OutputStream out, OutputStream err, Deadline deadline) throws IOException;

    /**
     * Asks the host for a port that leads to here and gives it back.
     *
     * @throws io.mha4j.base.CommandException if it does not give one by the deadline, with the reason and a way out
     */
    void tryForward(Deadline deadline);

    /**
     * A port there that leads to one here, on this connection, which serves nothing else until the port is closed.
     *
     * @param back gets the connection then; it is closed if the host does not take the port back
     * @return none if this connection can have none
     * @throws io.mha4j.base.CommandException if the host does not give one by the deadline
     */
    Optional<PortForward> forward(int localPort, Consumer<Connection> back, Deadline deadline);

    @Override
    void close();

    /** The command line of the shell. */
    static String shell(boolean bySudo) {
        return bySudo ? "sudo -n /bin/sh" : "/bin/sh";
    }

    /** A running shell. */
    interface Shell extends AutoCloseable {
        /** What it reads. */
        OutputStream in();

        boolean isOpen();

        /** Its input and outputs end; what runs in it may go on. */
        @Override
        void close();
    }
}
