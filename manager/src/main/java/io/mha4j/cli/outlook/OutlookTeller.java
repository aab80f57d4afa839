package io.mha4j.cli.outlook;

import io.mha4j.cli.command.Machine;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.config.Application;
import io.mha4j.report.EventLog;
import java.util.List;

/**
 * Tells when a failover has become impossible, and when it is possible again: the log each time, people by mail and webhook at
 * most every ten minutes. Remembers what it told for as long as the manager lives. Safe for use by several threads.
 */
public final class OutlookTeller {
    private final EventLog log;
    private final AlarmPace pace = new AlarmPace(true, SystemTime.TICKS);
    private List<String> before = List.of();

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
        if (pace.isDue(now.possible())) {
            String event = now.possible() ? "failover possible again" : "failover impossible";
            if (new Alarm(app, log).send(event, now.lines(), new Post(event, app.name(), Machine.name(), now))) {
                pace.told(now.possible());
            }
        }
    }

    /** What is posted to the webhook. */
    private record Post(String event, String application, String manager, Outlook ifTheMasterDiedNow) {}
}
