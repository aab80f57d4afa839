package io.mha4j.cli.outlook;

import io.mha4j.cli.command.Machine;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.config.Application;
import io.mha4j.report.EventLog;
import io.mha4j.report.json.JsonForm;
import io.mha4j.report.notice.Letter;
import io.mha4j.report.notice.Notices;
import java.time.Duration;
import java.util.List;

/** Tells people what is wrong beside a failover: a letter to {@code mail_to}, JSON to {@code webhook_url}. */
public record Alarm(Application app, EventLog log) {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /**
     * Sends both; answers whether one got out, or nobody is to get any.
     *
     * @param event what has begun or ended, for the subject
     * @param lines of the letter
     * @param post  what is posted
     */
    public boolean send(String event, List<String> lines, Object post) {
        Notices notices =
                new Notices(app.reports(), Machine.name(), log, new Notices.Time(SystemTime.TICKS, SystemTime.SLEEPER));
        String id = app.name() + ".alarm." + SystemTime.CLOCK.millis();
        String body = String.join("\n", lines) + "\n";
        boolean mailed = notices.mail(
                "The alarm", new Letter(app.name() + ": " + event, body, SystemTime.CLOCK.instant(), id), LIMIT);
        boolean posted = notices.post("The alarm", new JsonForm().line(post), LIMIT);
        return mailed || posted || notices.reachNobody();
    }
}
