package io.mha4j.cli.ssh;

import io.mha4j.cli.command.Command;
import io.mha4j.cli.command.ConfigOptions;
import io.mha4j.cli.command.Option;
import io.mha4j.cli.command.Options;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.cli.command.Terminal;
import io.mha4j.cli.start.Ahead;
import io.mha4j.config.Application;
import io.mha4j.monitor.ssh.SshCheck;
import io.mha4j.monitor.ssh.SshOutcome;
import io.mha4j.remote.ssh.SshSessions;
import io.mha4j.report.EventLog;
import io.mha4j.report.Level;
import java.util.List;

/** {@code masterha_check_ssh}: 0 when every connection that was tested works, else 1. */
public final class CheckSshCommand implements Command {
    private static final Option<Boolean> FROM_MANAGER_ONLY = Option.flag(
                    "from_manager_only", "Only from this host to each host, which is all that a failover needs.")
            .beyondMha();
    private static final Option<Boolean> JSON =
            Option.flag("json", "Print JSON instead of text.").beyondMha();

    @Override
    public List<Option<?>> options() {
        return List.of(ConfigOptions.CONF, ConfigOptions.GLOBAL_CONF, FROM_MANAGER_ONLY, JSON);
    }

    @Override
    public int run(Options options, Terminal terminal) {
        Ahead.ssh();
        Application app = ConfigOptions.load(options).application();
        boolean json = options.get(JSON);
        EventLog log = EventLog.toStream(
                terminal.err(), json ? Level.WARNING : Level.DEBUG, SystemTime.CLOCK, SystemTime.zone());
        app.warnings().forEach(log::warning);
        log.info("Starting SSH connection tests..");
        List<SshOutcome> outcomes = outcomes(app, !options.get(FROM_MANAGER_ONLY), log);
        if (json) {
            CheckSshJson.print(app, outcomes, terminal.out());
        } else {
            new CheckSshStory(log).tell(outcomes);
        }
        return outcomes.stream().noneMatch(SshOutcome::isBad) ? 0 : 1;
    }

    private static List<SshOutcome> outcomes(Application app, boolean betweenHosts, EventLog log) {
        try (SshSessions sessions = SshSessions.ofThisAccount(use -> {}, log::warning)) {
            return new SshCheck(server -> sessions.host(server.ssh()), SystemTime.TICKS).run(app, betweenHosts);
        }
    }
}
