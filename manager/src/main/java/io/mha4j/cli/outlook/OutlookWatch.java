package io.mha4j.cli.outlook;

import io.mha4j.base.InterruptedWork;
import io.mha4j.base.MhaException;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.config.Application;
import io.mha4j.report.EventLog;
import java.time.Duration;

/** Looks again and again, beside the watching, whether a failover would be possible. */
public final class OutlookWatch implements AutoCloseable {
    /** Between two looks, each of which asks every server some questions. */
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final Application app;
    private final OutlookRun run;
    private final Runnable before;
    private final OutlookTeller teller;
    private final EventLog log;
    private final Thread thread;

    private OutlookWatch(Application app, OutlookRun run, Runnable before, OutlookTeller teller, EventLog log) {
        this.app = app;
        this.run = run;
        this.before = before;
        this.teller = teller;
        this.log = log;
        this.thread = new Thread(this::watch, "outlook");
        thread.setDaemon(true);
    }

    /**
     * Begins; the first look comes after half a minute, because the checks of the start have just been done.
     *
     * @param before what else is done before each look, and now
     */
    public static OutlookWatch on(
            Application app, OutlookRun run, Runnable before, OutlookTeller teller, EventLog log) {
        OutlookWatch watch = new OutlookWatch(app, run, before, teller, log);
        watch.thread.start();
        return watch;
    }

    private void watch() {
        try {
            while (true) {
                surviving(before);
                SystemTime.SLEEPER.sleep(PAUSE);
                surviving(this::look);
            }
        } catch (InterruptedException | InterruptedWork e) {
            Thread.currentThread().interrupt();
        } finally {
            // A look that was on its way may have connected again.
            run.close();
        }
    }

    /** A defect costs one look, not all that would follow. */
    private void surviving(Runnable work) {
        try {
            work.run();
        } catch (InterruptedWork e) {
            throw e;
        } catch (RuntimeException e) {
            log.bug("looking whether a failover would be possible", e);
        }
    }

    private void look() {
        try {
            teller.tell(app, run.look());
        } catch (InterruptedWork e) {
            throw e;
        } catch (MhaException e) {
            log.warning("Whether a failover would be possible cannot be told now: {}", e.getMessage());
        }
    }

    /** A look that is on its way may still come to its end. */
    @Override
    public void close() {
        thread.interrupt();
        run.close();
    }
}
