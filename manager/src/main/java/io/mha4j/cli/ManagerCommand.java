package io.mha4j.cli;

import io.mha4j.base.InterruptedWork;
import io.mha4j.base.MhaException;
import io.mha4j.base.Sleeper;
import io.mha4j.cli.command.Command;
import io.mha4j.cli.command.Option;
import io.mha4j.cli.command.Options;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.cli.command.Terminal;
import io.mha4j.cli.command.UsageException;
import io.mha4j.cli.journal.UnfinishedRun;
import io.mha4j.cli.watch.HangUp;
import io.mha4j.cli.watch.Reload;
import io.mha4j.report.Status;
import io.mha4j.report.StatusFile;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * {@code masterha_manager}: watches one master, carries out one failover, and ends, with the old master under guard until then
 * if that may come back. Exit status as MHA's: 0 the failover is complete, 10 it is done but a slave does not follow, 1
 * anything else.
 */
final class ManagerCommand implements Command {
    private final Sleeper sleeper;
    private final Consumer<Runnable> signals;

    ManagerCommand() {
        this(SystemTime.SLEEPER, HangUp::calls);
    }

    /**
     * @param sleeper waits before the end that an error brings
     * @param signals is given what to do when the configuration is to be read again
     */
    ManagerCommand(Sleeper sleeper, Consumer<Runnable> signals) {
        this.sleeper = sleeper;
        this.signals = signals;
    }

    @Override
    public List<Option<?>> options() {
        return ManagerOptions.ALL;
    }

    @Override
    public int run(Options options, Terminal terminal) {
        // Before anything else: nobody would be left to read it again.
        Reload reload = new Reload();
        signals.accept(reload::order);
        Setup setup;
        try {
            setup = Setup.of(options, terminal, true);
        } catch (UsageException e) {
            throw e;
        } catch (MhaException e) {
            terminal.err().println(e.getMessage());
            return waitedAlone(options);
        }
        AtomicBoolean begun = new AtomicBoolean();
        int exit = Holding.during(setup, (status, lock) -> {
            begun.set(true);
            return watched(new ManagerRun(setup, options, status, lock, reload), setup, options, status);
        });
        return begun.get() ? exit : waitedAlone(options);
    }

    /** What ended the start before this process acts for the application; there is no status of its own to show. */
    private int waitedAlone(Options options) {
        Ending ending = Ending.ofThisThread(() -> {});
        try {
            waitAfterError(waitOf(options));
        } finally {
            ending.close();
        }
        return 1;
    }

    private int watched(ManagerRun run, Setup setup, Options options, StatusFile status) {
        try {
            status.show(Status.INITIALIZING_MONITOR, Optional.empty(), setup.log());
            if (options.get(ManagerOptions.CHECK_ONLY)) {
                UnfinishedRun.refuse(setup.files(), "--check_only");
            }
            OptionalInt earlier = run.finishEarlier();
            return run.guarded(earlier.isPresent() ? earlier.getAsInt() : run.run());
        } catch (InterruptedWork e) {
            throw e;
        } catch (MhaException e) {
            setup.log().error("Error happened on monitoring servers: {}", e.getMessage());
            Duration wait = waitOf(options);
            if (!wait.isZero()) {
                status.show(Status.CONFIG_ERROR, Optional.empty(), setup.log());
                waitAfterError(wait);
            }
            return run.guarded(1);
        }
    }

    private static Duration waitOf(Options options) {
        return options.get(ManagerOptions.WAIT_ON_MONITOR_ERROR);
    }

    /** So that whatever starts this program again does not do so all the time. */
    private void waitAfterError(Duration wait) {
        try {
            sleeper.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
