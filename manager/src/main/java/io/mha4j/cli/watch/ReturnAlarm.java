package io.mha4j.cli.watch;

import io.mha4j.cli.outlook.Alarm;
import io.mha4j.cli.outlook.TextPost;
import io.mha4j.config.Application;
import io.mha4j.report.EventLog;
import java.util.List;
import java.util.function.Supplier;

/** Tells people by mail and webhook of an old master that came back: that it took writes, has diverged, or could not be attached. */
public final class ReturnAlarm implements AsideAlarm.Bell {
    private final Supplier<Application> app;
    private final EventLog log;

    /** @param app as it is configured at the time */
    public ReturnAlarm(Supplier<Application> app, EventLog log) {
        this.app = app;
        this.log = log;
    }

    @Override
    public boolean ring(String event, List<String> sentences) {
        Application now = app.get();
        return new Alarm(now, log).send(event, sentences, TextPost.of(now, event, String.join(" ", sentences)));
    }
}
