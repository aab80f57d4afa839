package io.mha4j.cli.watch;

import io.mha4j.base.Deadline;
import io.mha4j.cli.command.Machine;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.cli.outlook.Alarm;
import io.mha4j.config.Application;
import io.mha4j.report.EventLog;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Tells people by mail and webhook of an old master that came back and took writes; of each kind of event at most every ten minutes. */
public final class ReturnAlarm implements OldMasters.Alarm {
    private static final Duration BETWEEN_ALARMS = Duration.ofMinutes(10);

    private final Supplier<Application> app;
    private final EventLog log;
    private final Map<String, Deadline> silence = new HashMap<>();

    /** @param app as it is configured at the time */
    public ReturnAlarm(Supplier<Application> app, EventLog log) {
        this.app = app;
        this.log = log;
    }

    /** What is posted to the webhook. */
    private record Post(String event, String application, String manager, String text) {}

    @Override
    public void ring(String event, String sentence) {
        if (isDue(event)) {
            send(event, sentence);
        }
    }

    private synchronized boolean isDue(String event) {
        boolean due =
                Optional.ofNullable(silence.get(event)).map(Deadline::isOver).orElse(true);
        if (due) {
            silence.put(event, Deadline.in(BETWEEN_ALARMS, SystemTime.TICKS));
        }
        return due;
    }

    /** One that did not get out may be rung again. */
    private void send(String event, String sentence) {
        Application now = app.get();
        Post post = new Post(event, now.name(), Machine.name(), sentence);
        if (!new Alarm(now, log).send(event, List.of(sentence), post)) {
            forget(event);
        }
    }

    private synchronized void forget(String event) {
        silence.remove(event);
    }
}
