package io.mha4j.cli.watch;

import io.mha4j.base.Deadline;
import io.mha4j.base.MhaException;
import io.mha4j.report.EventLog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rings in threads of its own, so that the next look waits for no mail; of each kind of event one alarm is under way at a time. */
public final class AsideAlarm implements OldMasters.Alarm {
    private final OldMasters.Alarm alarm;
    private final EventLog log;
    private final Map<String, Thread> underWay = new HashMap<>();

    public AsideAlarm(OldMasters.Alarm alarm, EventLog log) {
        this.alarm = alarm;
        this.log = log;
    }

    @Override
    public synchronized void ring(String event, String sentence) {
        Thread before = underWay.get(event);
        if (before == null || !before.isAlive()) {
            Thread thread = new Thread(() -> rung(event, sentence), "alarm");
            thread.setDaemon(true);
            underWay.put(event, thread);
            thread.start();
        }
    }

    private void rung(String event, String sentence) {
        try {
            alarm.ring(event, sentence);
        } catch (MhaException e) {
            log.error("The alarm \"{}\" was not sent: {}", event, e.getMessage());
        } catch (RuntimeException e) {
            log.bug("The alarm \"" + event + "\"", e);
        }
    }

    /** Waits for what is under way; what takes longer is not waited for. */
    void finish(Deadline end) throws InterruptedException {
        for (Thread thread : threads()) {
            // join(0) would wait for ever.
            thread.join(Math.max(1, end.remaining().toMillis()));
        }
    }

    private synchronized List<Thread> threads() {
        return List.copyOf(underWay.values());
    }
}
