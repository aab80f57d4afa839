package io.mha4j.monitor.simulation;

import io.mha4j.base.Sleeper;
import io.mha4j.base.Ticks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Time that passes only where somebody waits for it. Work that goes on beside is carried out at once, in a time of its own,
 * and is done for others when its end has come: what it sees depends on the time alone, so no thread is needed.
 */
final class SimulatedTime implements Ticks, Sleeper {
    private static final int KEPT = 64;

    private final List<Long> ends = new ArrayList<>();
    private long now;

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public void sleep(Duration time) {
        pass(time.toNanos());
    }

    void pass(long nanos) {
        now += Math.max(0, nanos);
    }

    void passUntil(long time) {
        now = Math.max(now, time);
    }

    /** How much goes on beside. */
    int underWay() {
        ends.removeIf(end -> end <= now);
        return ends.size();
    }

    @Override
    public <T> Future<T> beside(String name, Callable<T> work) {
        long begin = now;
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            result.complete(work.call());
        } catch (Exception e) {
            // Whoever asks for the answer gets it.
            result.completeExceptionally(e);
        }
        long end = now;
        now = begin;
        if (ends.size() > KEPT) {
            underWay();
        }
        ends.add(end);
        return new Later<>(result, end);
    }

    /** A result that is known, and may not be told before its time. */
    private final class Later<T> implements Future<T> {
        private final CompletableFuture<T> result;
        private final long end;

        Later(CompletableFuture<T> result, long end) {
            this.result = result;
            this.end = end;
        }

        @Override
        public boolean isDone() {
            return now >= end;
        }

        @Override
        public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
            if (end > now + unit.toNanos(timeout)) {
                pass(unit.toNanos(timeout));
                throw new TimeoutException();
            }
            return get();
        }

        @Override
        public T get() throws InterruptedException, ExecutionException {
            passUntil(end);
            return result.get();
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            return false;
        }

        @Override
        public boolean isCancelled() {
            return false;
        }
    }
}
