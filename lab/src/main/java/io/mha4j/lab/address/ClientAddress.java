package io.mha4j.lab.address;

import java.util.Optional;

/** The address that clients know, whichever server is behind it. */
public interface ClientAddress extends AutoCloseable {
    String host();

    int port();

    /** The server behind it now. */
    Optional<Route.Target> target();

    /** Leads to another server from now on. */
    void pointTo(String host, int port);

    @Override
    void close();
}
