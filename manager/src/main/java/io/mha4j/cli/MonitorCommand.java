package io.mha4j.cli;

import io.mha4j.base.ServerId;
import io.mha4j.cli.command.Command;
import io.mha4j.cli.command.Option;
import io.mha4j.cli.command.Options;
import io.mha4j.cli.command.Questions;
import io.mha4j.cli.command.Terminal;
import io.mha4j.cli.outlook.Vigil;
import io.mha4j.cli.watch.Reload;
import io.mha4j.report.EventLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code masterha_master_monitor}: watches a master and ends when it is dead. Exit status as MHA's: 20 the master is dead, 0
 * only with {@code --check_only}, 1 anything else.
 */
final class MonitorCommand implements Command {
    private static final int DEAD = 20;

    private static final Option<Integer> INTERACTIVE =
            Option.number("interactive", 1, "0: a master that is dead at the start is reported without a question.");

    private final Watching watching;

    MonitorCommand(Watching watching) {
        this.watching = watching;
    }

    @Override
    public List<Option<?>> options() {
        List<Option<?>> all = new ArrayList<>(ManagerOptions.WATCHING);
        all.add(INTERACTIVE);
        return List.copyOf(all);
    }

    @Override
    public int run(Options options, Terminal terminal) {
        return watching.run(options, terminal, (run, setup, reload) -> {
            ManagerRun.Begun begun = run.begin(true);
            if (options.get(ManagerOptions.CHECK_ONLY)) {
                return 0;
            }
            boolean asks = options.get(INTERACTIVE) != 0 && !begun.sourceAlive();
            if (asks && !new Questions(terminal).yes("Master is not currently alive. Proceed? (yes/NO): ")) {
                return 1;
            }
            return told(death(run, begun, reload, setup.log()), terminal);
        });
    }

    private record Death(ServerId source, boolean ssh) {}

    private static Death death(ManagerRun run, ManagerRun.Begun begun, Reload reload, EventLog log) {
        try (Hosts hosts = new Hosts(log)) {
            ManagerRun.Begun tree = begun;
            while (true) {
                ManagerRun.Begun watched = tree;
                try (Vigil.Kept kept = run.keep(watched, hosts)) {
                    Optional<Boolean> ssh = reload.interruptible(() -> watched.untilDead(hosts));
                    if (ssh.isPresent()) {
                        return new Death(watched.source(), ssh.get());
                    }
                }
                tree = run.reloaded(watched);
            }
        } finally {
            run.watchesNoMore();
        }
    }

    private static int told(Death death, Terminal terminal) {
        ServerId source = death.source();
        terminal.out().println("Master " + source.host() + " is dead!");
        terminal.out().println("IP Address: " + source.ip() + " Port: " + source.port());
        terminal.out().println("Reachable via SSH: " + (death.ssh() ? "yes" : "no"));
        return DEAD;
    }
}
