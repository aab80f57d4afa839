package io.mha4j.cli.outlook;

import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import io.mha4j.cli.command.Machine;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.config.Application;
import io.mha4j.hooks.HookResult;
import io.mha4j.hooks.HookRunner;
import io.mha4j.hooks.ReportScript;
import io.mha4j.remote.LocalRunner;
import io.mha4j.report.EventLog;
import io.mha4j.report.json.JsonForm;
import io.mha4j.report.notice.Letter;
import io.mha4j.report.notice.Notices;
import java.time.Duration;
import java.util.List;

/**
 * Tells people what is wrong beside a failover: {@code alarm_script} is called, a letter goes to {@code mail_to}, JSON to
 * {@code webhook_url}.
 */
public record Alarm(Application app, EventLog log) {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /**
     * Sends all of them; answers whether one got out, or nobody is to get any.
     *
     * @param event what has begun or ended, for the subject
     * @param lines of the letter
     * @param post  what is posted
     */
    public boolean send(String event, List<String> lines, Object post) {
        Notices notices =
                new Notices(app.reports(), Machine.name(), log, new Notices.Time(SystemTime.TICKS, SystemTime.SLEEPER));
        String id = app.name() + ".alarm." + SystemTime.CLOCK.millis();
        String subject = app.name() + ": " + event;
        String body = String.join("\n", lines) + "\n";
        boolean called = call(subject, body);
        boolean mailed = notices.mail("The alarm", new Letter(subject, body, SystemTime.CLOCK.instant(), id), LIMIT);
        boolean posted = notices.post("The alarm", new JsonForm().line(post), LIMIT);
        return called || mailed || posted || !app.reports().takesAlarms();
    }

    /** Whether the script is set and took it. */
    private boolean call(String subject, String body) {
        return app.reports()
                .alarmScript()
                .filter(prefix -> took(new ReportScript(prefix), subject, body))
                .isPresent();
    }

    private boolean took(ReportScript script, String subject, String body) {
        try {
            HookResult result = new HookRunner(new LocalRunner())
                    .run(
                            script.told(List.of("--conf=" + app.confFile(), "--subject=" + subject, "--body=" + body)),
                            Deadline.in(LIMIT, SystemTime.TICKS));
            result.output().forEach(log::output);
            if (result.outcome() == HookResult.Outcome.OK) {
                log.info("The alarm was given to alarm_script");
                return true;
            }
            log.warning("alarm_script {}", result.sentence());
        } catch (InterruptedWork e) {
            log.warning("alarm_script was ended, because this program was told to end");
        }
        return false;
    }
}
