package io.mha4j.cli;

import io.mha4j.base.InterruptedWork;
import io.mha4j.base.MhaException;
import io.mha4j.cli.command.Command;
import io.mha4j.cli.command.Option;
import io.mha4j.cli.command.Options;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.cli.command.Terminal;
import io.mha4j.report.Status;
import io.mha4j.report.StatusFile;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * {@code masterha_manager}: watches one master, carries out one failover, and ends, with the old master under guard until then
 * if that may come back. Exit status as MHA's: 0 the failover is complete, 10 it is done but a slave does not follow, 1
 * anything else.
 */
final class ManagerCommand implements Command {
    @Override
    public List<Option<?>> options() {
        return ManagerOptions.ALL;
    }

    @Override
    public int run(Options options, Terminal terminal) {
        Setup setup = Setup.of(options, terminal, true);
        return Holding.during(
                setup, (status, lock) -> watched(new ManagerRun(setup, options, status, lock), setup, options, status));
    }

    private static int watched(ManagerRun run, Setup setup, Options options, StatusFile status) {
        try {
            status.write(Status.INITIALIZING_MONITOR, Optional.empty());
            OptionalInt earlier = run.finishEarlier();
            return run.guarded(earlier.isPresent() ? earlier.getAsInt() : run.run());
        } catch (InterruptedWork e) {
            throw e;
        } catch (MhaException e) {
            setup.log().error("Error happened on monitoring servers: {}", e.getMessage());
            waitAfterError(options.get(ManagerOptions.WAIT_ON_MONITOR_ERROR), status);
            return run.guarded(1);
        }
    }

    private static void waitAfterError(Duration time, StatusFile status) {
        if (!time.isZero()) {
            status.write(Status.CONFIG_ERROR, Optional.empty());
            try {
                SystemTime.SLEEPER.sleep(time);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
