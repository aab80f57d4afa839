package io.mha4j.cli;

import io.mha4j.base.MhaException;
import io.mha4j.cli.command.Command;
import io.mha4j.cli.command.ConfigOptions;
import io.mha4j.cli.command.Option;
import io.mha4j.cli.command.Options;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.cli.command.Terminal;
import io.mha4j.hooks.HookRunner;
import io.mha4j.monitor.TreeLook;
import io.mha4j.mysql.Sweep;
import io.mha4j.remote.LocalRunner;
import io.mha4j.topology.Finding;
import io.mha4j.topology.HealthRules;
import io.mha4j.topology.ManagedTree;
import io.mha4j.topology.TreeDrawing;
import java.util.ArrayList;
import java.util.List;

/** {@code masterha_check_repl}: the checks of the manager's start, and whether replication is healthy. 0 or 1. */
final class CheckReplCommand implements Command {
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
                ManagerOptions.INTERACTIVE);
    }

    @Override
    public int run(Options options, Terminal terminal) {
        Setup setup = Setup.of(options, terminal, false);
        boolean healthy = check(setup, options);
        terminal.out().println();
        terminal.out().println("MySQL Replication Health is " + (healthy ? "OK." : "NOT OK!"));
        return healthy ? 0 : 1;
    }

    private static boolean check(Setup setup, Options options) {
        try {
            TreeLook look = new TreeLook(new Sweep(SystemTime.TICKS, SystemTime.CLOCK));
            TreeLook.Seen seen = new StartChecks(setup, options, look, new HookRunner(new LocalRunner())).run();
            setup.log().info("\n{}", TreeDrawing.of(seen.tree()));
            List<String> ills = ills(seen.tree(), options);
            ills.forEach(ill -> setup.log().error("{}", ill));
            return ills.isEmpty();
        } catch (MhaException e) {
            setup.log().error("{}", e.getMessage());
            return false;
        }
    }

    private static List<String> ills(ManagedTree tree, Options options) {
        List<String> ills = new ArrayList<>();
        if (!tree.sourceAlive()) {
            ills.add("Master " + tree.source() + " is not alive");
        }
        HealthRules.health(tree, options.get(ManagerOptions.SECONDS_BEHIND)).stream()
                .map(Finding::sentence)
                .forEach(ills::add);
        return ills;
    }
}
