package io.mha4j.cli;

import io.mha4j.base.InterruptedWork;
import io.mha4j.base.MhaException;
import io.mha4j.base.Sleeper;
import io.mha4j.cli.command.Options;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.cli.command.Terminal;
import io.mha4j.cli.command.UsageException;
import io.mha4j.cli.watch.HangUp;
import io.mha4j.cli.watch.Reload;
import io.mha4j.report.EventLog;
import io.mha4j.report.Status;
import io.mha4j.report.StatusFile;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * What a program that watches a master begins and ends with: it hears signals, holds the lock, shows its status, and waits before the
 * end that an error brings, so that whatever starts it again does not do so all the time.
 */
final class Watching {
    private final Sleeper sleeper;
    private final Consumer<Runnable> signals;

    Watching() {
        this(SystemTime.SLEEPER, HangUp::calls);
    }

    /**
     * @param sleeper waits before the end that an error brings
     * @param signals is given what to do when the configuration is to be read again
     */
    Watching(Sleeper sleeper, Consumer<Runnable> signals) {
        this.sleeper = sleeper;
        this.signals = signals;
    }

    /** What is done in between; answers the exit status. */
    @FunctionalInterface
    interface Work {
        /** @param reload orders to read the configuration again */
        int run(ManagerRun run, Setup setup, Reload reload);
    }

    /** Answers the exit status. */
    int run(Options options, Terminal terminal, Work work) {
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
            ManagerRun run = new ManagerRun(setup, options, status, lock, reload);
            return run.guarded(done(() -> work.run(run, setup, reload), options, status, setup.log()));
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

    private int done(IntSupplier work, Options options, StatusFile status, EventLog log) {
        try {
            status.show(Status.INITIALIZING_MONITOR, Optional.empty(), log);
            return work.getAsInt();
        } catch (InterruptedWork e) {
            throw e;
        } catch (MhaException e) {
            log.error("Error happened on monitoring servers: {}", e.getMessage());
            Duration wait = waitOf(options);
            if (!wait.isZero()) {
                status.show(Status.CONFIG_ERROR, Optional.empty(), log);
                waitAfterError(wait);
            }
            return 1;
        }
    }

    private static Duration waitOf(Options options) {
        return options.get(ManagerOptions.WAIT_ON_MONITOR_ERROR);
    }

    private void waitAfterError(Duration wait) {
        try {
            sleeper.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
