package io.mha4j.cli;

import io.mha4j.cli.command.SystemTime;
import io.mha4j.config.Application;
import io.mha4j.config.ServerSettings;
import io.mha4j.monitor.ssh.SshLoss;
import io.mha4j.remote.Host;
import io.mha4j.remote.ssh.SshSessions;
import io.mha4j.report.EventLog;
import io.mha4j.topology.ManagedTree;
import java.util.List;

/** How hosts are reached: one kept SSH session for each, as the account that runs this program. */
final class Hosts implements AutoCloseable {
    private final SshSessions sessions;

    /** @param log told what they are asked for */
    Hosts(EventLog log) {
        sessions = SshSessions.ofThisAccount(log::debug, log::warning);
    }

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

    /**
     * Looks in the background whether all hosts that a failover of this tree may need are still connected, and connects again
     * to those that are not.
     */
    void keepAhead(Application app, ManagedTree tree, SshLoss loss) {
        loss.round(app);
        List<ServerSettings.Ssh> all =
                app.servers().stream().map(ServerSettings::ssh).toList();
        sessions.connectAhead(all, SystemTime.TICKS, (settings, failure) -> app.servers().stream()
                .filter(server ->
                        server.ssh().equals(settings) && !server.roles().skipSshCheck())
                .forEach(server -> loss.tried(server, tree, failure)));
    }

    @Override
    public void close() {
        sessions.close();
    }
}
