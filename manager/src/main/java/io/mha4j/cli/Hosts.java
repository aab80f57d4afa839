package io.mha4j.cli;

import io.mha4j.config.ServerSettings;
import io.mha4j.remote.Host;
import io.mha4j.remote.ssh.SshSessions;

/** How hosts are reached: one kept SSH session for each, as the account that runs this program. */
final class Hosts implements AutoCloseable {
    private final SshSessions sessions = SshSessions.ofThisAccount();

    /** The host of a server; connected when first used. */
    Host of(ServerSettings server) {
        return sessions.host(server.ssh());
    }

    @Override
    public void close() {
        sessions.close();
    }
}
