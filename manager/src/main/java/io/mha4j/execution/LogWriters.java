package io.mha4j.execution;

import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import io.mha4j.base.Sleeper;
import io.mha4j.decision.StepResult.Writer;
import io.mha4j.remote.CommandRunner;
import io.mha4j.remote.Host;
import java.time.Duration;
import java.util.List;

/** Finds out whether a process on a host can still write to a binary log, by the files that processes hold open. */
final class LogWriters {
    /** How long a process that was killed may take to disappear. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    /**
     * Asks the kernel (proc(5): fd, fdinfo); the last digit of {@code flags} tells how a file was opened. Others' files are
     * shown to root only.
     */
    private static final String SCRIPT = """
            [ "$(id -u)" = 0 ] || exit 3
            d=$(readlink -f -- "$1") && [ -d "$d" ] || exit 4
            find /proc/[0-9]*/fd -maxdepth 1 -lname "$d/$2.*" 2>/dev/null | while read -r l; do
                sed -n 's/^flags:.*\\([0-7]\\)$/\\1/p' "${l%/fd/*}/fdinfo/${l##*/}" 2>/dev/null
            done | grep -q '[123567]' && echo writer
            exit 0
            """;

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

    private Writer look(String directory, String base, Deadline deadline) {
        try {
            CommandRunner.Result result = host.run(List.of("sh", "-c", SCRIPT, "sh", directory, base), deadline);
            if (!result.succeeded()) {
                return Writer.UNKNOWN;
            }
            return result.stdout().isBlank() ? Writer.GONE : Writer.ALIVE;
        } catch (CommandException e) {
            return Writer.UNKNOWN;
        }
    }

    private void pause() {
        try {
            sleeper.sleep(LOOK_AGAIN);
        } catch (InterruptedException e) {
            throw InterruptedWork.during("waiting for the old source's process to end", e);
        }
    }
}
