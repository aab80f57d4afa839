package io.mha4j.cli;

import io.mha4j.cli.command.SystemTime;
import io.mha4j.config.Application;
import io.mha4j.config.ServerSettings;
import io.mha4j.remote.Host;
import io.mha4j.remote.ssh.SshSessions;
import java.util.List;

/** How hosts are reached: one kept SSH session for each, as the account that runs this program. */
final class Hosts implements AutoCloseable {
    private final SshSessions sessions = SshSessions.ofThisAccount();

    /** The host of a server; connected when first used. */
    Host of(ServerSettings server) {
        return sessions.host(server.ssh());
    }

    /** Connects in the background to all hosts of an application that a failover may need. */
    void connectAhead(Application app) {
        List<ServerSettings.Ssh> all =
                app.servers().stream().map(ServerSettings::ssh).toList();
        sessions.connectAhead(all, SystemTime.TICKS);
    }

    @Override
    public void close() {
        sessions.close();
    }
}
