package io.mha4j.report;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;

/**
 * Takes text at once and writes it, in the same order, from a thread of its own: a log on a hung file system, or on a
 * terminal or pipe that nobody reads, holds nobody up. As long as it accepts nothing, text waits up to a limit; what is
 * told after that is left out and counted, and the place in the log says how much.
 *
 * <p>A log that is merely slow loses nothing: whoever finds the limit reached waits a moment for room.
 */
final class BackgroundSink implements LogSink {
    static final Limits LIMITS = new Limits(1 << 20, Duration.ofMillis(100), Duration.ofSeconds(3));

    /**
     * How much and how long.
     *
     * @param characters that may wait
     * @param room       how long one call waits for room
     * @param flush      how long one flush waits
     */
    record Limits(int characters, Duration room, Duration flush) {}

    private final LogSink target;
    private final LongFunction<String> gap;
    private final Limits limits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private StringBuilder waiting = new StringBuilder();
    /** How many texts were left out behind what waits. */
    private long missing;

    private long taken;
    private long begun;
    private long written;
    /** A flush was in vain, and nothing was written since. */
    private boolean stuck;

    private BackgroundSink(LogSink target, LongFunction<String> gap, Limits limits) {
        this.target = target;
        this.gap = gap;
        this.limits = limits;
    }

    /**
     * Starts the thread, which keeps no program alive.
     *
     * @param target may block
     * @param gap    the line that stands for so many texts that were left out
     */
    static BackgroundSink to(LogSink target, LongFunction<String> gap, Limits limits) {
        BackgroundSink sink = new BackgroundSink(target, gap, limits);
        Thread writer = new Thread(sink::writeAlways, "log");
        writer.setDaemon(true);
        writer.start();
        return sink;
    }

    @Override
    public void append(String text) {
        lock.lock();
        try {
            // Where something is missing, nobody has read for so long that waiting once more is in vain.
            if (missing == 0 && comesTrue(() -> hasRoomFor(text), limits.room())) {
                waiting.append(text);
                taken++;
                changed.signalAll();
            } else {
                missing++;
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean hasRoomFor(String text) {
        return missing == 0
                && (waiting.length() == 0 || waiting.length() + (long) text.length() <= limits.characters());
    }

    @Override
    public void flush() {
        lock.lock();
        try {
            long all = taken;
            stuck = stuck || !comesTrue(() -> written >= all, limits.flush());
        } finally {
            lock.unlock();
        }
    }

    /** Whether it comes true in time. A thread that is told to end has its last words too, and stays told. */
    private boolean comesTrue(BooleanSupplier wanted, Duration time) {
        boolean interrupted = false;
        long left = time.toNanos();
        while (!wanted.getAsBoolean() && left > 0) {
            try {
                left = changed.awaitNanos(left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return wanted.getAsBoolean();
    }

    private void writeAlways() {
        while (true) {
            target.append(next());
            done();
        }
    }

    /** All that waits, in one piece: a slow log catches up. */
    private String next() {
        lock.lock();
        try {
            while (waiting.length() == 0) {
                changed.awaitUninterruptibly();
            }
            if (missing > 0) {
                waiting.append(gap.apply(missing));
            }
            String text = waiting.toString();
            waiting = new StringBuilder();
            missing = 0;
            begun = taken;
            changed.signalAll();
            return text;
        } finally {
            lock.unlock();
        }
    }

    private void done() {
        lock.lock();
        try {
            written = begun;
            stuck = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
