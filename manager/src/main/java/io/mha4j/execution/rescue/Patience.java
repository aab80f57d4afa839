package io.mha4j.execution.rescue;

import io.mha4j.archive.place.MissingLogException;
import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import io.mha4j.base.MhaException;
import io.mha4j.base.Sleeper;
import io.mha4j.base.Ticks;
import io.mha4j.config.ServerSettings;
import io.mha4j.config.ServerSettings.UnreadableTail;
import io.mha4j.report.EventLog;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tries again to read a dead source's binary log ({@code on_unreadable_tail=retry}), for a while that begins when it could not be
 * read for the first time and is not granted twice in a failover: clients wait.
 */
public final class Patience {
    /** As long as a script may take by default. */
    static final Duration LIMIT = Duration.ofSeconds(60);

    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final boolean granted;
    private final EventLog log;
    private final Ticks ticks;
    private final Sleeper sleeper;
    private Optional<Deadline> end = Optional.empty();

    private Patience(boolean granted, EventLog log, Ticks ticks, Sleeper sleeper) {
        this.granted = granted;
        this.log = log;
        this.ticks = ticks;
        this.sleeper = sleeper;
    }

    /** As much as the settings of the dead source grant. */
    public static Patience with(ServerSettings source, EventLog log, Ticks ticks, Sleeper sleeper) {
        return new Patience(source.policy().unreadableTail() == UnreadableTail.RETRY, log, ticks, sleeper);
    }

    /** Whether anything is tried again. */
    public boolean isGranted() {
        return granted;
    }

    /**
     * What {@code reading} answers at last, which goes on each time where it was.
     *
     * @throws CommandException or {@link MissingLogException}, as the last try threw it; anything else at once
     */
    public <T> T of(Supplier<T> reading) {
        while (true) {
            try {
                return reading.get();
            } catch (CommandException | MissingLogException e) {
                if (!granted || !isLeft(e)) {
                    throw e;
                }
                rest();
            }
        }
    }

    private boolean isLeft(MhaException why) {
        if (end.isEmpty()) {
            end = Optional.of(Deadline.in(LIMIT, ticks));
            log.warning(
                    "{}; on_unreadable_tail=retry: it is tried again for {} s", why.getMessage(), LIMIT.toSeconds());
        }
        return !end.get().isOver();
    }

    private void rest() {
        try {
            sleeper.sleep(PAUSE);
        } catch (InterruptedException e) {
            throw InterruptedWork.during("reading the old source's binary log", e);
        }
    }
}
