package io.mha4j.cli.watch;

import io.mha4j.base.Deadline;
import io.mha4j.base.MhaException;
import io.mha4j.base.ServerId;
import io.mha4j.base.Ticks;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.report.EventLog;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Rings in threads of its own, so that the next look waits for no mail: of each kind of event at once, and then at most every
 * ten minutes. What is rung meanwhile is kept until then, of each server the last; what did not get out is tried again after a
 * minute.
 */
public final class AsideAlarm implements OldMasters.Alarm {
    private final Bell bell;
    private final EventLog log;
    private final Ticks ticks;
    private final Pace pace;
    private final Map<String, Kind> kinds = new HashMap<>();
    private boolean ends;

    /** Tells people. */
    @FunctionalInterface
    public interface Bell {
        /** Answers whether they were told. */
        boolean ring(String event, List<String> sentences);
    }

    /**
     * How long it is silent.
     *
     * @param told  after people were told
     * @param retry after they could not be told
     */
    record Pace(Duration told, Duration retry) {
        static final Pace REAL = new Pace(Duration.ofMinutes(10), Duration.ofMinutes(1));
    }

    /** One kind of event: what is not told yet, until when it is silent, and the thread that tells while there is something. */
    private static final class Kind {
        private final SortedMap<ServerId, String> owed = new TreeMap<>();
        /** Of whom people know, or are being told. */
        private final Set<ServerId> known = new TreeSet<>();

        private Optional<Deadline> silence = Optional.empty();
        private Optional<Thread> thread = Optional.empty();

        Duration silent() {
            return silence.map(Deadline::remaining).orElse(Duration.ZERO);
        }
    }

    public AsideAlarm(Bell bell, EventLog log) {
        this(bell, log, SystemTime.TICKS, Pace.REAL);
    }

    AsideAlarm(Bell bell, EventLog log, Ticks ticks, Pace pace) {
        this.bell = bell;
        this.log = log;
        this.ticks = ticks;
        this.pace = pace;
    }

    @Override
    public synchronized void ring(String event, ServerId server, String sentence) {
        Kind kind = kinds.computeIfAbsent(event, e -> new Kind());
        kind.owed.put(server, sentence);
        if (kind.thread.isEmpty()) {
            Thread thread = new Thread(() -> tellAll(event, kind), "alarm");
            thread.setDaemon(true);
            kind.thread = Optional.of(thread);
            thread.start();
        }
    }

    @Override
    public synchronized void over(String event, ServerId server) {
        Optional.ofNullable(kinds.get(event))
                .filter(kind -> kind.known.remove(server))
                .ifPresent(kind -> kind.owed.remove(server));
    }

    private void tellAll(String event, Kind kind) {
        try {
            for (SortedMap<ServerId, String> due = due(kind); !due.isEmpty(); due = due(kind)) {
                ended(kind, due, told(event, List.copyOf(due.values())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until the silence is over; empty, and the thread's last question, if nothing is left to be told. */
    private synchronized SortedMap<ServerId, String> due(Kind kind) throws InterruptedException {
        while (!kind.owed.isEmpty() && !ends && !kind.silent().isZero()) {
            // wait(0) would wait for ever.
            wait(Math.max(1, kind.silent().toMillis()));
        }
        if (kind.owed.isEmpty()) {
            kind.thread = Optional.empty();
        }
        kind.known.addAll(kind.owed.keySet());
        return new TreeMap<>(kind.owed);
    }

    private boolean told(String event, List<String> sentences) {
        try {
            return bell.ring(event, sentences);
        } catch (MhaException e) {
            log.error("The alarm \"{}\" was not sent: {}", event, e.getMessage());
        } catch (RuntimeException e) {
            log.bug("The alarm \"" + event + "\"", e);
        }
        return false;
    }

    private synchronized void ended(Kind kind, SortedMap<ServerId, String> due, boolean told) {
        kind.silence = Optional.of(Deadline.in(told ? pace.told() : pace.retry(), ticks));
        if (told || ends) {
            due.forEach(kind.owed::remove);
        }
        if (!told) {
            kind.known.removeAll(due.keySet());
        }
    }

    /** Waits for what is under way, and tells what is kept at once; what takes longer is not waited for. */
    void finish(Deadline end) throws InterruptedException {
        for (Thread thread : threads()) {
            // join(0) would wait for ever.
            thread.join(Math.max(1, end.remaining().toMillis()));
        }
    }

    private synchronized List<Thread> threads() {
        ends = true;
        notifyAll();
        return kinds.values().stream().flatMap(kind -> kind.thread.stream()).toList();
    }
}
