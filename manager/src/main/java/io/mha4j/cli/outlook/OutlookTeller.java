package io.mha4j.cli.outlook;

import io.mha4j.base.Deadline;
import io.mha4j.cli.command.Machine;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.config.Application;
import io.mha4j.report.EventLog;
import io.mha4j.report.json.JsonForm;
import io.mha4j.report.notice.Letter;
import io.mha4j.report.notice.Notices;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Tells when a failover has become impossible, and when it is possible again: the log each time, people by mail and webhook at
 * most every ten minutes. Remembers what it told for as long as the manager lives. Safe for use by several threads.
 */
public final class OutlookTeller {
    private static final Duration BETWEEN_ALARMS = Duration.ofMinutes(10);
    private static final Duration ALARM_LIMIT = Duration.ofSeconds(60);

    private final EventLog log;
    private List<String> before = List.of();
    /** Whether the last alarm said that there would be none. */
    private boolean alarmed;

    private Optional<Deadline> silence = Optional.empty();

    public OutlookTeller(EventLog log) {
        this.log = log;
    }

    synchronized void tell(Application app, Outlook now) {
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
            alarm(app, now);
        }
    }

    /** What is posted to the webhook. */
    private record Alarm(String event, String application, String manager, Outlook ifTheMasterDiedNow) {}

    private void alarm(Application app, Outlook now) {
        String event = now.possible() ? "failover possible again" : "failover impossible";
        Notices notices =
                new Notices(app.reports(), Machine.name(), log, new Notices.Time(SystemTime.TICKS, SystemTime.SLEEPER));
        String id = app.name() + ".outlook." + SystemTime.CLOCK.millis();
        String body = String.join("\n", now.lines()) + "\n";
        notices.mail(
                "The alarm", new Letter(app.name() + ": " + event, body, SystemTime.CLOCK.instant(), id), ALARM_LIMIT);
        notices.post("The alarm", new JsonForm().line(new Alarm(event, app.name(), Machine.name(), now)), ALARM_LIMIT);
    }
}
