package io.mha4j.remote;

/** A port on some host that leads to a port of this one. Thread-safe. */
public interface PortForward extends AutoCloseable {
    /** The port to connect to at {@code 127.0.0.1} on that host. */
    int port();

    /** Whether it still leads here, as far as is known: not after {@link #close} or after the connection was lost. */
    boolean isOpen();

    /** Takes the port away; connections through it end. */
    @Override
    void close();
}
