package io.mha4j.cli.node;

import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import io.mha4j.base.MhaException;
import io.mha4j.cli.command.Command;
import io.mha4j.cli.command.ConfigOptions;
import io.mha4j.cli.command.Option;
import io.mha4j.cli.command.Options;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.cli.command.Terminal;
import io.mha4j.config.Application;
import io.mha4j.config.ServerSettings;
import io.mha4j.mysql.ServerSession;
import io.mha4j.mysql.relay.RelayLogPurge;
import io.mha4j.remote.Host;
import io.mha4j.remote.ssh.SshSessions;
import java.util.List;
import java.util.Optional;

/** {@code masterha purge-relay-logs}: the same as {@code purge_relay_logs} for every replica, one after the other, over SSH. */
public final class PurgeAllCommand implements Command {
    private static final Option<Boolean> NO_HARDLINKS = Option.flag(
                    "no_hardlinks", "Use SQL only; nothing is run on the hosts.")
            .beyondMha();

    @Override
    public List<Option<?>> options() {
        return List.of(ConfigOptions.CONF, ConfigOptions.GLOBAL_CONF, PurgeRelayLogsCommand.DISABLE, NO_HARDLINKS);
    }

    @Override
    public int run(Options options, Terminal terminal) {
        Application app = ConfigOptions.load(options).application();
        boolean good = true;
        try (SshSessions sessions = SshSessions.ofThisAccount()) {
            for (ServerSettings server : app.servers()) {
                Optional<Host> host =
                        options.get(NO_HARDLINKS) ? Optional.empty() : Optional.of(sessions.host(server.ssh()));
                good &= purge(server, host, options.get(PurgeRelayLogsCommand.DISABLE), terminal);
            }
        }
        return good ? 0 : 1;
    }

    /** A server that is no replica has nothing to purge; one that fails does not stop the others. */
    private static boolean purge(ServerSettings server, Optional<Host> host, boolean switchOff, Terminal terminal) {
        Deadline deadline = NodeOptions.deadline();
        try (ServerSession session = ServerSession.open(server, deadline)) {
            if (new RelayLogPurge(session, within -> ServerSession.open(server, within), SystemTime.SLEEPER)
                    .place(deadline)
                    .isEmpty()) {
                terminal.out().println(server.id() + ": no replica by one channel, nothing to purge");
                return true;
            }
            PurgeRun run = new PurgeRun(host, server.paths().remoteWorkdir(), switchOff, line -> terminal.out()
                    .println(server.id() + ":" + (line.startsWith(" ") ? line : " " + line)));
            return Unwinding.whenToldToEnd(
                            terminal, PurgeRun.left(server), () -> run.run(server, session, deadline) ? 0 : 1)
                    == 0;
        } catch (InterruptedWork e) {
            throw e;
        } catch (MhaException e) {
            terminal.err().println(server.id() + ": " + e.getMessage());
            return false;
        }
    }
}
