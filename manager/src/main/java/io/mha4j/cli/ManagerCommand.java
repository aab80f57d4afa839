package io.mha4j.cli;

import io.mha4j.cli.command.Command;
import io.mha4j.cli.command.Option;
import io.mha4j.cli.command.Options;
import io.mha4j.cli.command.Terminal;
import io.mha4j.cli.journal.UnfinishedRun;
import java.util.List;
import java.util.OptionalInt;

/**
 * {@code masterha_manager}: watches one master, carries out one failover, and ends, with the old master under guard until then
 * if that may come back. Exit status as MHA's: 0 the failover is complete, 10 it is done but a slave does not follow, 1
 * anything else.
 */
final class ManagerCommand implements Command {
    private final Watching watching;

    ManagerCommand(Watching watching) {
        this.watching = watching;
    }

    @Override
    public List<Option<?>> options() {
        return ManagerOptions.ALL;
    }

    @Override
    public int run(Options options, Terminal terminal) {
        return watching.run(options, terminal, (run, setup, reload) -> {
            if (options.get(ManagerOptions.CHECK_ONLY)) {
                UnfinishedRun.refuse(setup.files(), "--check_only");
            }
            OptionalInt earlier = run.finishEarlier();
            return earlier.isPresent() ? earlier.getAsInt() : run.run();
        });
    }
}
