package io.mha4j.cli;

import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import io.mha4j.cli.command.Machine;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.config.Application;
import io.mha4j.config.ServerSettings;
import io.mha4j.config.report.ReportSettings.Mail;
import io.mha4j.hooks.HookCall;
import io.mha4j.hooks.HookResult;
import io.mha4j.hooks.HookRunner;
import io.mha4j.hooks.ReportScript;
import io.mha4j.report.EventLog;
import io.mha4j.report.FailoverReport;
import io.mha4j.report.notice.Letter;
import io.mha4j.report.notice.Mailer;
import io.mha4j.report.notice.NoticeException;
import io.mha4j.report.notice.Webhook;
import java.util.function.Consumer;

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
        app.reports().mail().ifPresent(mail -> mail(mail, report));
    }

    /** Posts the incident to the webhook, if there is one. */
    void post(String incident) {
        app.reports()
                .webhook()
                .ifPresent(url -> told("webhook_url", deadline -> {
                    Webhook webhook = new Webhook(url, SystemTime.SLEEPER);
                    webhook.post(incident, deadline);
                    log.info("The incident was posted to {}", webhook.shown());
                }));
    }

    private void mail(Mail mail, FailoverReport report) {
        Mailer mailer = new Mailer(mail, Machine.name());
        String id = app.name() + "." + SystemTime.CLOCK.millis();
        Letter letter = new Letter(report.subject(), report.body(), SystemTime.CLOCK.instant(), id);
        told("The mail by " + mailer.shown(), deadline -> {
            mailer.send(letter, deadline);
            log.info("The report was mailed to {}", String.join(", ", mail.to()));
        });
    }

    private void told(String what, Consumer<Deadline> way) {
        try {
            way.accept(Deadline.in(oldSource.scripts().timeout(), SystemTime.TICKS));
        } catch (NoticeException e) {
            log.warning("{} failed: {}; the failover stays as reported", what, e.getMessage());
        } catch (InterruptedWork e) {
            log.warning("{} was ended, because this program was told to end; the failover stays as reported", what);
        }
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
