package io.mha4j.cli;

import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.config.ServerSettings;
import io.mha4j.hooks.HookCall;
import io.mha4j.hooks.HookResult;
import io.mha4j.hooks.HookRunner;
import io.mha4j.hooks.ReportScript;
import io.mha4j.report.EventLog;
import io.mha4j.report.FailoverReport;

/** Tells the world outside that a failover has ended. What fails here is logged and changes nothing about the failover. */
final class Announcements {
    private final ServerSettings oldSource;
    private final HookRunner hooks;
    private final EventLog log;

    /** @param oldSource the dead source: its parameters count, as in MHA */
    Announcements(ServerSettings oldSource, HookRunner hooks, EventLog log) {
        this.oldSource = oldSource;
        this.hooks = hooks;
        this.log = log;
    }

    /**
     * Calls {@code report_script}, if there is one.
     *
     * @param confFile the application's file as given
     */
    void tell(FailoverReport report, String confFile) {
        oldSource
                .scripts()
                .report()
                .map(prefix -> new ReportScript(prefix).told(report.scriptArguments(confFile)))
                .ifPresent(this::call);
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
