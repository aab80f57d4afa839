package io.mha4j.cli.watch;

import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import io.mha4j.base.MhaException;
import io.mha4j.base.ServerId;
import io.mha4j.base.Sleeper;
import io.mha4j.base.Ticks;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.cli.pause.PausedException;
import io.mha4j.cli.rejoin.Homecoming;
import io.mha4j.config.Application;
import io.mha4j.config.ServerSettings;
import io.mha4j.decision.FailoverSummary;
import io.mha4j.execution.Permit;
import io.mha4j.report.EventLog;
import io.mha4j.report.GuardFile;
import io.mha4j.report.PauseFile;
import io.mha4j.report.ProcessIdentity;
import io.mha4j.report.ReportException;
import io.mha4j.report.StateFiles;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Stays after a failover while the old source may come back and take writes, and closes it then. It holds no lock: whoever acts
 * for the application meanwhile is not in its way, because it touches the old source alone, and only beside another one that is
 * open and follows nobody.
 */
public final class Guard {
    /** How long an alarm that is under way at the end is waited for. */
    private static final Duration LAST_ALARM = Duration.ofSeconds(10);

    /** What a reading that is cut off at the end has to put things in order. */
    private static final Duration IN_ORDER = Duration.ofMillis(500);

    private final GuardFile file;
    private final EventLog log;
    private final Time time;

    /** How time passes. */
    record Time(Ticks ticks, Sleeper sleeper, InstantSource clock) {
        static final Time REAL = new Time(SystemTime.TICKS, SystemTime.SLEEPER, SystemTime.CLOCK);
    }

    Guard(GuardFile file, EventLog log, Time time) {
        this.file = file;
        this.log = log;
        this.time = time;
    }

    /**
     * What is to be guarded after a failover.
     *
     * @param app     as it was then
     * @param old     its old source
     * @param present its new one
     * @param doubt   why the old one may come back, one clause
     */
    public record Task(Application app, ServerSettings old, ServerSettings present, String doubt) {
        /**
         * What is to be guarded after one more failover. Nothing if its old source is proven to be stopped, or no guard is
         * wanted; then, and if it opened nobody, what was to be guarded before still is, beside the source of now.
         *
         * @param end     how it ended, if it opened a new source
         * @param earlier before it
         */
        public static Optional<Task> after(
                Optional<FailoverSummary> end, Application app, ServerId old, Optional<Task> earlier) {
            if (end.isEmpty()) {
                return earlier;
            }
            FailoverSummary summary = end.get();
            ServerSettings present = app.of(summary.newSource());
            if (summary.fence().proven() || app.guardTime().isZero()) {
                return earlier.filter(task -> !task.old().id().equals(present.id()))
                        .map(task -> new Task(task.app(), task.old(), present, task.doubt()));
            }
            return Optional.of(
                    new Task(app, app.of(old), present, summary.fence().clause()));
        }
    }

    /**
     * How long, and how often it is looked.
     *
     * @param old      the old source
     * @param interval from one look to the next
     * @param limit    when it ends at the latest
     */
    record Shift(ServerId old, Duration interval, Duration limit) {}

    /** One look at the old source; it closes one that takes writes. */
    @FunctionalInterface
    interface Look {
        /** Answers whether it needs no guard any more. */
        boolean isClosed() throws InterruptedException;
    }

    /** Guards until the old source is closed or home, {@code guard_time} is over, or this process is told to end. */
    public static void over(Task task, StateFiles files, EventLog log) {
        GuardFile file = new GuardFile(files, ProcessIdentity.current(), SystemTime.CLOCK);
        AsideAlarm alarm = new AsideAlarm(new ReturnAlarm(task::app, log), log);
        Permit permit = () -> requireMayAct(file, new PauseFile(files, SystemTime.CLOCK), log);
        Deadline end = Deadline.in(task.app().guardTime(), SystemTime.TICKS);
        OldMasters old = new OldMasters(
                permit,
                OldMasters.Way.comparing((server, all) -> new Homecoming(
                                task.app().withAlso(all), files, log, permit, server)
                        .compareOnly(false, end.atMost(Homecoming.UNASKED).remaining())),
                files,
                log,
                alarm);
        old.add(task.old());
        log.warning(
                "The old master {} may come back ({}). This process stays for {} s at the most (guard_time) and makes it"
                        + " read-only if it takes writes. The failover is over; masterha_stop ends this too.",
                task.old().id(),
                task.doubt(),
                task.app().guardTime().toSeconds());
        Shift shift = new Shift(
                task.old().id(),
                task.present().watching().pingInterval(),
                task.app().guardTime());
        Look look = () -> {
            old.look(task.present(), task.app().servers());
            return old.areClosed() && old.areCompared();
        };
        new Guard(file, log, Time.REAL).stand(shift, () -> aside(look, log));
        boolean told = Thread.interrupted();
        try {
            old.finish(Deadline.in(IN_ORDER, SystemTime.TICKS));
            if (told) {
                Thread.currentThread().interrupt();
            }
            alarm.finish(Deadline.in(LAST_ALARM, SystemTime.TICKS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** In a thread of its own, because a connection attempt to a silent host hears no interrupt. */
    static boolean aside(Look look, EventLog log) throws InterruptedException {
        FutureTask<Boolean> task = new FutureTask<>(() -> survived(look, log));
        Thread thread = new Thread(task, "guard");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof MhaException failure) {
                throw failure;
            }
            throw new IllegalStateException("a look that failed", e);
        }
    }

    /** A bug costs the look that met it, not the guard and not the failover's exit status. */
    private static boolean survived(Look look, EventLog log) throws InterruptedException {
        try {
            return look.isClosed();
        } catch (MhaException e) {
            throw e;
        } catch (RuntimeException e) {
            log.bug("A look of the guard", e);
            return false;
        }
    }

    private static void requireMayAct(GuardFile file, PauseFile pause, EventLog log) {
        requireOwn(file, log);
        PausedException.throwIfPaused(pause, "an old master takes writes");
    }

    private static void requireOwn(GuardFile file, EventLog log) {
        switch (standing(file, log)) {
            case OWN -> {}
            case LATE -> log.info("The file that names the guard is written now");
            case RESTORED -> log.warning("Somebody took away the file that names the guard; it is written again");
            case ANOTHERS -> throw new GaveWay("another process is the guard now");
            case ENDED -> throw new GaveWay("it has ended");
        }
    }

    /** A full disk, or a directory that is gone, is no reason to leave the old source alone. */
    private static GuardFile.Standing standing(GuardFile file, EventLog log) {
        try {
            return file.confirm();
        } catch (ReportException e) {
            log.debug("{}", e.getMessage());
            return GuardFile.Standing.OWN;
        }
    }

    /** What goes wrong changes nothing about the failover, and is told. */
    void stand(Shift shift, Look look) {
        try {
            guard(shift, look);
        } catch (InterruptedWork | InterruptedException e) {
            log.warning("The guard over {} ends: this program was told to end", shift.old());
            Thread.currentThread().interrupt();
        } catch (MhaException e) {
            log.error("Nobody guards {}: {}", shift.old(), e.getMessage());
        }
    }

    private void guard(Shift shift, Look look) throws InterruptedException {
        survivingFullDisk(() -> file.begin(shift.old(), time.clock().instant().plus(shift.limit())));
        try {
            log.info("The guard over {} ends: {}", shift.old(), endOf(shift, look));
        } finally {
            survivingFullDisk(file::end);
        }
    }

    private void survivingFullDisk(Runnable writing) {
        try {
            writing.run();
        } catch (ReportException e) {
            log.warning("{}; the guard needs no file, but masterha_check_status shows what that says", e.getMessage());
        }
    }

    /** Answers why it ended, one clause. */
    private String endOf(Shift shift, Look look) throws InterruptedException {
        Deadline end = Deadline.in(shift.limit(), time.ticks());
        try {
            while (true) {
                requireOwn(file, log);
                Deadline next = Deadline.in(shift.interval(), time.ticks()).atMost(end.remaining());
                if (look.isClosed()) {
                    return "it takes no writes";
                }
                if (end.isOver()) {
                    return "guard_time=" + shift.limit().toSeconds() + " is over";
                }
                time.sleeper().sleep(next.remaining());
            }
        } catch (GaveWay e) {
            return e.getMessage();
        }
    }
}
