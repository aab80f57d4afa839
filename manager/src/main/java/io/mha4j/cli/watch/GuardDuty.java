package io.mha4j.cli.watch;

import io.mha4j.base.MhaException;
import io.mha4j.base.ServerId;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.config.Application;
import io.mha4j.decision.FailoverSummary;
import io.mha4j.report.EventLog;
import io.mha4j.report.StateFiles;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/** What the failovers of this process leave to be guarded, and the guard itself, as which the process ends. */
public final class GuardDuty {
    private final StateFiles files;
    private final EventLog log;
    /** Of several old masters the last. */
    private Optional<Guard.Task> task = Optional.empty();
    /** How long it goes on showing that its failover failed. */
    private Duration showsFailure = Duration.ZERO;

    public GuardDuty(StateFiles files, EventLog log) {
        this.files = files;
        this.log = log;
    }

    /**
     * One more failover has ended; answers whether the guard begins at once, and then shows the failure meanwhile.
     *
     * @param end   how it ended, if it opened a new source
     * @param shows how long a failure is to be shown
     */
    public boolean beginsAfter(Optional<FailoverSummary> end, Application app, ServerId dead, Duration shows) {
        task = Guard.Task.after(end, app, dead, task);
        boolean begins = task.isPresent() && end.isPresent() && !app.keepRunning();
        if (begins) {
            showsFailure = shows;
        }
        return begins;
    }

    /**
     * Guards, if there is anybody to guard, as one whose work is done and stands in nobody's way.
     *
     * @param isHome whether an old master is back where it belongs
     * @param begins done before it begins
     * @param retire gives back the lock and the status, when a failure has been shown for long enough
     */
    public void stand(Predicate<ServerId> isHome, Runnable begins, Runnable retire) {
        task.filter(t -> !isHome.test(t.old().id())).ifPresent(t -> {
            begins.run();
            stand(t, retire);
        });
    }

    private void stand(Guard.Task guarded, Runnable retire) {
        Thread showing = new Thread(() -> shown(retire), "showing");
        showing.setDaemon(true);
        if (showsFailure.isZero()) {
            shown(retire);
        } else {
            showing.start();
        }
        Guard.over(guarded, files, log);
        try {
            showing.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void shown(Runnable retire) {
        try {
            SystemTime.SLEEPER.sleep(showsFailure);
            retire.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (MhaException e) {
            log.error("{}", e.getMessage());
        }
    }
}
