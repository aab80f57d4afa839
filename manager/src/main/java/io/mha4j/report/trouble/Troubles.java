package io.mha4j.report.trouble;

import io.mha4j.report.EventLog;
import io.mha4j.report.ProcessIdentity;
import io.mha4j.report.ReportException;
import io.mha4j.report.SeenStatus;
import io.mha4j.report.StateFiles;
import io.mha4j.report.word.WordFile;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What is wrong at present, as this manager knows it; each change is written down for others. A file that cannot be written
 * is told in the log once and ends nothing. Safe for use by several threads.
 */
public final class Troubles implements AutoCloseable {
    private final WordFile<Present> file;
    private final ProcessIdentity self;
    private final InstantSource clock;
    private final EventLog log;
    private List<Trouble> present = List.of();
    private boolean unwritten;

    /** What is written down. */
    private record Present(List<Trouble> troubles) {}

    private static WordFile<Present> in(StateFiles files) {
        return new WordFile<>(files.troubles(), Present.class);
    }

    /**
     * What the manager behind a status file knows to be wrong; nothing if it does not run.
     *
     * @throws ReportException if there is a file that cannot be read
     */
    public static List<Trouble> of(StateFiles files, SeenStatus manager) {
        return in(files).read(manager).map(Present::troubles).orElse(List.of());
    }

    /** None yet; what an earlier process left is none of this one. */
    public Troubles(StateFiles files, ProcessIdentity self, InstantSource clock, EventLog log) {
        this.file = in(files);
        this.self = self;
        this.clock = clock;
        this.log = log;
    }

    /** It is there: from now on, or still, if it is told already. */
    public synchronized void begin(Trouble.State state, String server, String why) {
        Trouble known = present.stream()
                .filter(t -> t.is(state, server))
                .findFirst()
                .orElseGet(() -> new Trouble(state, server, why, clock.instant().truncatedTo(ChronoUnit.SECONDS)));
        Trouble now = new Trouble(state, server, why, known.since());
        List<Trouble> all = new ArrayList<>(present);
        all.removeIf(t -> t.is(state, server));
        all.add(now);
        change(all);
    }

    /** It is over, if it was there. */
    public void end(Trouble.State state, String server) {
        leave(t -> !t.is(state, server));
    }

    /** Whatever of these kinds was there is over, whomever it was about. */
    public void end(Set<Trouble.State> states) {
        leave(t -> !states.contains(t.state()));
    }

    /** Whatever of these kinds was there is over, unless it was about {@code server}. */
    public void endOthers(Set<Trouble.State> states, String server) {
        leave(t -> !states.contains(t.state()) || t.server().equals(server));
    }

    /** Nothing is watched any more. */
    @Override
    public void close() {
        leave(t -> false);
    }

    /** All of them, the longest known first. */
    public synchronized List<Trouble> present() {
        return present;
    }

    private synchronized void leave(Predicate<Trouble> stays) {
        change(present.stream().filter(stays).toList());
    }

    private void change(List<Trouble> now) {
        if (now.equals(present)) {
            return;
        }
        present = List.copyOf(now);
        try {
            write();
            unwritten = false;
        } catch (ReportException e) {
            if (!unwritten) {
                log.warning("{}; masterha_check_status does not show what is wrong", e.getMessage());
            }
            unwritten = true;
        }
    }

    private void write() {
        if (present.isEmpty()) {
            file.remove();
        } else {
            file.write(self, new Present(present), clock.instant());
        }
    }
}
