package io.mha4j.monitor;

import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import io.mha4j.base.Ticks;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** One question on its way, in a thread of its own that nobody has to wait for. */
public final class Slot<T> {
    private final Future<T> task;

    private Slot(Future<T> task) {
        this.task = task;
    }

    /** Begins; {@code name} is the thread's, {@code ticks} the time in which the answer is waited for. */
    public static <T> Slot<T> start(String name, Ticks ticks, Callable<T> work) {
        return new Slot<>(ticks.beside(name, work));
    }

    /** Whether the answer has not come yet. */
    public boolean isUnderWay() {
        return !task.isDone();
    }

    /** The answer, if it has come. */
    public Optional<T> ifDone() {
        return task.isDone()
                ? Optional.of(await(Deadline.in(Duration.ZERO, () -> 0), () -> {
                    throw new IllegalStateException("it is done");
                }))
                : Optional.empty();
    }

    /** The answer, or {@code otherwise} when it has not come by the deadline. */
    public T await(Deadline deadline, Supplier<T> otherwise) {
        try {
            return task.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return otherwise.get();
        } catch (InterruptedException e) {
            throw InterruptedWork.during("the checks", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("a look cannot fail with this", e.getCause());
        }
    }
}
