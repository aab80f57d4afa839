package io.mha4j.cli;

import io.mha4j.cli.check.CheckRun;
import io.mha4j.cli.check.FindingsJson;
import io.mha4j.cli.check.FindingsLog;
import io.mha4j.cli.command.Command;
import io.mha4j.cli.command.ConfigOptions;
import io.mha4j.cli.command.Option;
import io.mha4j.cli.command.Options;
import io.mha4j.cli.command.Terminal;
import io.mha4j.decision.check.CheckFacts;
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
        Setup setup = Setup.of(options, terminal, false);
        CheckFacts.Wishes wishes = new CheckFacts.Wishes(
                true, options.get(ManagerOptions.SECONDS_BEHIND), options.get(ManagerOptions.IGNORE_FAIL_ON_START));
        CheckRun.Outcome outcome = new CheckRun(setup.app(), setup.files(), setup.log())
                .run(wishes, !options.get(ManagerOptions.SKIP_SSH_CHECK));
        outcome.seen().ifPresent(seen -> {
            TreeDrawing.listing(setup.app(), seen.tree())
                    .forEach(line -> setup.log().info("{}", line));
            setup.log().info("\n{}", TreeDrawing.of(seen.tree()));
        });
        FindingsLog.write(outcome.findings(), setup.log());
        if (options.get(JSON)) {
            FindingsJson.print(setup.app().name(), outcome, terminal.out());
        } else {
            terminal.out().println();
            terminal.out().println("MySQL Replication Health is " + (outcome.healthy() ? "OK." : "NOT OK!"));
        }
        return outcome.healthy() ? 0 : 1;
    }
}
