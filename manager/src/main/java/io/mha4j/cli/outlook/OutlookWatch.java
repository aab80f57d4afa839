package io.mha4j.cli.outlook;

import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import io.mha4j.base.MhaException;
import io.mha4j.cli.command.Machine;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.config.Application;
import io.mha4j.report.EventLog;
import io.mha4j.report.json.JsonForm;
import io.mha4j.report.notice.Letter;
import io.mha4j.report.notice.Mailer;
import io.mha4j.report.notice.NoticeException;
import io.mha4j.report.notice.Webhook;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Looks again and again whether a failover would be possible, beside the watching. What forbids one is told when it begins
 * and when it has ended: by the log each time, by mail and webhook at most every ten minutes.
 */
public final class OutlookWatch implements AutoCloseable {
    /** Between two looks, each of which asks every server some questions. */
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private static final Duration BETWEEN_ALARMS = Duration.ofMinutes(10);
    private static final Duration ALARM_LIMIT = Duration.ofSeconds(60);

    private final Application app;
    private final OutlookRun run;
    private final EventLog log;
    private final Thread thread;
    private List<String> before = List.of();
    /** Whether the last alarm said that there would be none. */
    private boolean alarmed;

    private Optional<Deadline> silence = Optional.empty();

    private OutlookWatch(Application app, OutlookRun run, EventLog log) {
        this.app = app;
        this.run = run;
        this.log = log;
        this.thread = new Thread(this::watch, "outlook");
        thread.setDaemon(true);
    }

    /** Begins; the first look comes after half a minute, because the checks of the start have just been done. */
    public static OutlookWatch on(Application app, OutlookRun run, EventLog log) {
        OutlookWatch watch = new OutlookWatch(app, run, log);
        watch.thread.start();
        return watch;
    }

    private void watch() {
        try {
            while (true) {
                SystemTime.SLEEPER.sleep(PAUSE);
                look();
            }
        } catch (InterruptedException | InterruptedWork e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            tell(run.look());
        } catch (InterruptedWork e) {
            throw e;
        } catch (MhaException e) {
            log.warning("Whether a failover would be possible cannot be told now: {}", e.getMessage());
        }
    }

    private void tell(Outlook now) {
        if (!now.obstacles().equals(before)) {
            now.obstacles().stream()
                    .filter(o -> !before.contains(o))
                    .forEach(o -> log.error("If the master died now, there would be NO FAILOVER: {}", o));
            if (now.possible()) {
                log.info(
                        "A failover would be possible again; new master: {}",
                        now.newMaster().orElse("none"));
            }
            before = now.obstacles();
        }
        boolean changed = now.possible() == alarmed;
        if (changed && silence.map(Deadline::isOver).orElse(true)) {
            alarmed = !now.possible();
            silence = Optional.of(Deadline.in(BETWEEN_ALARMS, SystemTime.TICKS));
            alarm(now);
        }
    }

    /** What is posted to the webhook. */
    private record Alarm(String event, String application, String manager, Outlook ifTheMasterDiedNow) {}

    private void alarm(Outlook now) {
        String event = now.possible() ? "failover possible again" : "failover impossible";
        Deadline limit = Deadline.in(ALARM_LIMIT, SystemTime.TICKS);
        try {
            app.reports().mail().ifPresent(mail -> {
                String body = String.join("\n", now.lines()) + "\n";
                String id = app.name() + ".outlook." + SystemTime.CLOCK.millis();
                String subject = app.name() + ": " + event;
                new Mailer(mail, Machine.name()).send(new Letter(subject, body, SystemTime.CLOCK.instant(), id), limit);
            });
            app.reports().webhook().ifPresent(url -> new Webhook(url, SystemTime.SLEEPER)
                    .post(new JsonForm().line(new Alarm(event, app.name(), Machine.name(), now)), limit));
        } catch (NoticeException e) {
            log.warning("The alarm ({}) could not be sent: {}", event, e.getMessage());
        }
    }

    /** A look that is on its way may still come to its end. */
    @Override
    public void close() {
        thread.interrupt();
    }
}
