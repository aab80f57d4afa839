package io.mha4j.cli.outlook;

import io.mha4j.base.InterruptedWork;
import io.mha4j.cli.command.Machine;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.config.Application;
import io.mha4j.report.EventLog;
import io.mha4j.report.trouble.Trouble;
import io.mha4j.report.trouble.Troubles;
import java.time.Duration;
import java.util.List;

/** Tells people, beside the watching, what is wrong: a letter that takes long keeps no check waiting. */
public final class TroubleWatch implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Application app;
    private final Troubles troubles;
    private final TroubleTeller teller;
    private final EventLog log;
    private final Thread thread;

    private TroubleWatch(Application app, Troubles troubles, TroubleTeller teller, EventLog log) {
        this.app = app;
        this.troubles = troubles;
        this.teller = teller;
        this.log = log;
        this.thread = new Thread(this::watch, "alarms");
        thread.setDaemon(true);
    }

    /** Begins. */
    public static TroubleWatch on(Application app, Troubles troubles, TroubleTeller teller, EventLog log) {
        TroubleWatch watch = new TroubleWatch(app, troubles, teller, log);
        watch.thread.start();
        return watch;
    }

    private void watch() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                // Not while another one, which was told to end, is at its last letter.
                synchronized (teller) {
                    look();
                }
                SystemTime.SLEEPER.sleep(PAUSE);
            }
        } catch (InterruptedException | InterruptedWork e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A defect costs one letter, not all that would follow. */
    private void look() {
        try {
            teller.look(troubles.present(), this::tell);
        } catch (InterruptedWork e) {
            throw e;
        } catch (RuntimeException e) {
            log.bug("telling people what is wrong", e);
        }
    }

    /** What is posted to the webhook. */
    private record Post(String event, String application, String manager, List<Trouble> troubles) {}

    private boolean tell(String event, List<Trouble> now) {
        List<String> lines =
                now.isEmpty() ? List.of(event) : now.stream().map(Trouble::line).toList();
        return new Alarm(app, log).send(event, lines, new Post(event, app.name(), Machine.name(), now));
    }

    /** A letter that is on its way is broken off. */
    @Override
    public void close() {
        thread.interrupt();
    }
}
