package io.mha4j.cli.watch;

import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import io.mha4j.base.MhaException;
import io.mha4j.base.Sleeper;
import io.mha4j.base.Ticks;
import io.mha4j.report.EventLog;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The start of the watching that follows a failover. All clients turn to the new master then, which may let nobody else in for a
 * while; what forbids to watch it is looked at again until it has lasted for a minute.
 */
public final class NextStart {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final EventLog log;
    private final Ticks ticks;
    private final Sleeper sleeper;

    public NextStart(EventLog log, Ticks ticks, Sleeper sleeper) {
        this.log = log;
        this.ticks = ticks;
        this.sleeper = sleeper;
    }

    /** What forbids to watch has lasted. */
    public static final class NotBegun extends MhaException {
        NotBegun(MhaException why) {
            super(why.getMessage(), why);
        }
    }

    /**
     * What {@code start} answers at last.
     *
     * @param patient whether what forbids it may pass
     * @param between from one try to the next
     * @throws NotBegun with what the last try threw
     */
    public <T> T of(Supplier<T> start, boolean patient, Duration between) {
        Deadline end = Deadline.in(patient ? PATIENCE : Duration.ZERO, ticks);
        String told = "";
        while (true) {
            try {
                return start.get();
            } catch (InterruptedWork e) {
                throw e;
            } catch (MhaException e) {
                if (end.isOver()) {
                    throw new NotBegun(e);
                }
                told = tell(e.getMessage(), told);
            }
            rest(Deadline.in(between, ticks).atMost(end.remaining()).remaining());
        }
    }

    private String tell(String why, String told) {
        if (!why.equals(told)) {
            log.warning(
                    "The new tree cannot be watched yet, which is tried again for {} s: {}", PATIENCE.toSeconds(), why);
        }
        return why;
    }

    private void rest(Duration time) {
        try {
            sleeper.sleep(time);
        } catch (InterruptedException e) {
            throw InterruptedWork.during("the start of the next watching", e);
        }
    }
}
