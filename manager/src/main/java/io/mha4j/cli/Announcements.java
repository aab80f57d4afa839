package io.mha4j.cli;

import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import io.mha4j.cli.command.Machine;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.cli.outlook.TextPost;
import io.mha4j.config.Application;
import io.mha4j.config.ServerSettings;
import io.mha4j.hooks.HookCall;
import io.mha4j.hooks.HookResult;
import io.mha4j.hooks.HookRunner;
import io.mha4j.hooks.ReportScript;
import io.mha4j.report.EventLog;
import io.mha4j.report.FailoverReport;
import io.mha4j.report.json.JsonForm;
import io.mha4j.report.notice.Letter;
import io.mha4j.report.notice.Notices;
import java.util.Optional;

/** Tells the world outside that a failover has ended. What fails here is logged and changes nothing about the failover. */
final class Announcements {
    private final Application app;
    private final ServerSettings oldSource;
    private final HookRunner hooks;
    private final EventLog log;

    /** @param oldSource the dead source: its parameters count for the script, as in MHA */
    Announcements(Application app, ServerSettings oldSource, HookRunner hooks, EventLog log) {
        this.app = app;
        this.oldSource = oldSource;
        this.hooks = hooks;
        this.log = log;
    }

    /** Calls {@code report_script}, if there is one, and sends the built-in mail, if anybody is to get it. */
    void tell(FailoverReport report) {
        oldSource
                .scripts()
                .report()
                .map(prefix -> new ReportScript(prefix).told(report.scriptArguments(app.confFile())))
                .ifPresent(this::call);
        String id = app.name() + "." + SystemTime.CLOCK.millis();
        notices()
                .mail(
                        "The report",
                        new Letter(report.subject(), report.body(), SystemTime.CLOCK.instant(), id),
                        oldSource.scripts().timeout());
    }

    /** Posts the incident to the webhook, if there is one; where none could be made the report, in the form of an alarm. */
    void post(Optional<String> incident, FailoverReport report) {
        notices()
                .post(
                        incident.isPresent() ? "The incident" : "The report",
                        incident.orElseGet(
                                () -> new JsonForm().line(TextPost.of(app, report.subject(), report.body()))),
                        oldSource.scripts().timeout());
    }

    private Notices notices() {
        return new Notices(app.reports(), Machine.name(), log, new Notices.Time(SystemTime.TICKS, SystemTime.SLEEPER));
    }

    private void call(HookCall call) {
        log.info("Executing report_script:");
        try {
            HookResult result = hooks.run(call, Deadline.in(oldSource.scripts().timeout(), SystemTime.TICKS));
            result.output().forEach(log::output);
            if (result.outcome() != HookResult.Outcome.OK) {
                log.error("report_script {}; the failover stays as reported", result.sentence());
            }
        } catch (InterruptedWork e) {
            log.error("report_script was ended, because this program was told to end; the failover stays as reported");
        }
    }
}
