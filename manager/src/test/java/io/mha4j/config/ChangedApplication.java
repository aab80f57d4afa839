package io.mha4j.config;

import io.mha4j.config.report.ReportSettings;
import java.time.Duration;

/** An application of a test that differs from another one in what the test is about. */
public final class ChangedApplication {
    private ChangedApplication() {}

    public static Application guardedFor(Application app, Duration time) {
        return with(app, time, app.reports());
    }

    public static Application telling(Application app, ReportSettings reports) {
        return with(app, app.guardTime(), reports);
    }

    private static Application with(Application app, Duration guardTime, ReportSettings reports) {
        return new Application(
                app.name(),
                app.confFile(),
                app.globalFile(),
                app.workdir(),
                app.log(),
                app.logLevel(),
                app.retention(),
                app.keepRunning(),
                guardTime,
                reports,
                app.servers(),
                app.binlogHosts(),
                app.warnings());
    }
}
