package io.mha4j.execution;

import io.mha4j.archive.place.HeldOpen;
import io.mha4j.archive.place.LogFiles;
import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import io.mha4j.base.Sleeper;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.decision.StepResult.Writer;
import io.mha4j.remote.Host;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds out whether a process on a host can still write to a binary log, by the files that processes hold open. */
final class LogWriters {
    /** How long a process that was killed may take to disappear. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    private static final long FIRST_EVENT = 4;

    private final Host host;
    private final Sleeper sleeper;

    LogWriters(Host host, Sleeper sleeper) {
        this.host = host;
        this.sleeper = sleeper;
    }

    /**
     * Looks until nobody writes or the time that a dying process may need is over.
     *
     * @param directory where the log lies
     * @param base      name of its files without the number
     */
    Writer of(String directory, String base, Deadline deadline) {
        Deadline patience = deadline.atMost(PATIENCE);
        Writer writer = look(directory, base, deadline);
        while (writer == Writer.ALIVE && !patience.isOver()) {
            pause();
            writer = look(directory, base, deadline);
        }
        return writer;
    }

    /** The newest file and the index: a server holds both open as long as it lives. */
    private Writer look(String directory, String base, Deadline deadline) {
        try {
            List<String> paths = files(LogFiles.names(host, directory, deadline), base)
                    .map(name -> directory + "/" + name)
                    .toList();
            if (paths.isEmpty()) {
                return Writer.UNKNOWN;
            }
            return switch (HeldOpen.look(host, paths, deadline)) {
                case YES -> Writer.ALIVE;
                case NO -> Writer.GONE;
                case UNKNOWN -> Writer.UNKNOWN;
            };
        } catch (CommandException e) {
            return Writer.UNKNOWN;
        }
    }

    private static Stream<String> files(List<String> names, String base) {
        Optional<BinlogPosition> newest = names.stream()
                .filter(n -> n.startsWith(base + ".")
                        && n.substring(base.length() + 1).matches("\\d{1,18}"))
                .map(n -> new BinlogPosition(n, FIRST_EVENT))
                .max(Comparator.naturalOrder());
        return Stream.concat(
                newest.map(BinlogPosition::file).stream(),
                names.stream().filter(n -> newest.isPresent() && n.equals(base + ".index")));
    }

    private void pause() {
        try {
            sleeper.sleep(LOOK_AGAIN);
        } catch (InterruptedException e) {
            throw InterruptedWork.during("waiting for the old source's process to end", e);
        }
    }
}
