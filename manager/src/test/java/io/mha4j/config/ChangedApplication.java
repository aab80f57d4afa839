package io.mha4j.config;

import io.mha4j.config.report.ReportSettings;
import java.time.Duration;

/** An application of a test that differs from another one in what the test is about. */
public final class ChangedApplication {
    private ChangedApplication() {}

    public static Application guardedFor(Application app, Duration time) {
        return with(app, app.workdir(), time, app.reports());
    }

    public static Application keepingArchivesIn(String workdir, Application app) {
        return with(app, workdir, app.guardTime(), app.reports());
    }

    public static Application telling(Application app, ReportSettings reports) {
        return with(app, app.workdir(), app.guardTime(), reports);
    }

    private static Application with(Application app, String workdir, Duration guardTime, ReportSettings reports) {
        return new Application(
                app.name(),
                app.confFile(),
                app.globalFile(),
                workdir,
                app.log(),
                app.logLevel(),
                app.retention(),
                app.keepRunning(),
                guardTime,
                app.strictVerdict(),
                reports,
                app.servers(),
                app.binlogHosts(),
                app.warnings());
    }
}
