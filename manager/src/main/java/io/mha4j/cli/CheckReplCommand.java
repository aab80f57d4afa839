package io.mha4j.cli;

import io.mha4j.cli.check.CheckRun;
import io.mha4j.cli.check.FindingsJson;
import io.mha4j.cli.check.FindingsLog;
import io.mha4j.cli.command.Command;
import io.mha4j.cli.command.ConfigOptions;
import io.mha4j.cli.command.Option;
import io.mha4j.cli.command.Options;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.cli.command.Terminal;
import io.mha4j.cli.start.Ahead;
import io.mha4j.config.Application;
import io.mha4j.config.ConfigException;
import io.mha4j.decision.check.CheckFacts;
import io.mha4j.report.EventLog;
import io.mha4j.report.Level;
import io.mha4j.topology.TreeDrawing;
import java.util.List;

/** {@code masterha_check_repl}: everything that a later failover needs, and whether replication is healthy. 0 or 1. */
final class CheckReplCommand implements Command {
    private static final Option<Boolean> JSON =
            Option.flag("json", "Print JSON instead of text.").beyondMha();

    @Override
    public List<Option<?>> options() {
        return List.of(
                ConfigOptions.CONF,
                ConfigOptions.GLOBAL_CONF,
                ManagerOptions.SECONDS_BEHIND,
                ManagerOptions.SKIP_SSH_CHECK,
                ManagerOptions.IGNORE_FAIL_ON_START,
                ManagerOptions.WORKDIR,
                ManagerOptions.LOG,
                ManagerOptions.INTERACTIVE,
                JSON);
    }

    @Override
    public int run(Options options, Terminal terminal) {
        Ahead.servers();
        if (!options.get(ManagerOptions.SKIP_SSH_CHECK)) {
            Ahead.ssh();
        }
        try {
            return run(Setup.ofCheck(options, terminal), options, terminal);
        } catch (ConfigException e) {
            EventLog log = EventLog.toStream(terminal.err(), Level.INFO, SystemTime.CLOCK, SystemTime.zone());
            String app = Application.nameOf(options.get(ConfigOptions.CONF));
            return show(new Shown(app, log), CheckRun.Outcome.of(e), options.get(JSON), terminal);
        }
    }

    private static int run(Setup setup, Options options, Terminal terminal) {
        CheckFacts.Wishes wishes = new CheckFacts.Wishes(
                true, options.get(ManagerOptions.SECONDS_BEHIND), options.get(ManagerOptions.IGNORE_FAIL_ON_START));
        CheckRun.Outcome outcome = new CheckRun(setup.app(), setup.files(), setup.log())
                .run(wishes, !options.get(ManagerOptions.SKIP_SSH_CHECK));
        outcome.seen().ifPresent(seen -> {
            TreeDrawing.listing(setup.app(), seen.tree())
                    .forEach(line -> setup.log().info("{}", line));
            setup.log().info("\n{}", TreeDrawing.of(seen.tree()));
        });
        return show(new Shown(setup.app().name(), setup.log()), outcome, options.get(JSON), terminal);
    }

    /** Under which name, and where findings go as lines. */
    private record Shown(String app, EventLog log) {}

    private static int show(Shown as, CheckRun.Outcome outcome, boolean json, Terminal terminal) {
        FindingsLog.write(outcome.findings(), as.log());
        if (json) {
            FindingsJson.print(as.app(), outcome, terminal.out());
        } else {
            terminal.out().println();
            terminal.out().println("MySQL Replication Health is " + (outcome.healthy() ? "OK." : "NOT OK!"));
        }
        return outcome.healthy() ? 0 : 1;
    }
}
