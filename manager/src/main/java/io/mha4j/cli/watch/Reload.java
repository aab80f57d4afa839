package io.mha4j.cli.watch;

import io.mha4j.base.InterruptedWork;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The order to read the configuration again. It ends what is interruptible by it, and nothing else that the thread does: an
 * order that comes at another time waits for the next such work.
 */
public final class Reload {
    private Optional<Thread> watching = Optional.empty();
    private boolean ordered;

    /** Gives the order; may be called by any thread. */
    public synchronized void order() {
        ordered = true;
        watching.ifPresent(Thread::interrupt);
    }

    /**
     * Does {@code work} until it has its result, or an order ends it: then the answer is empty, and the order is taken.
     *
     * @throws InterruptedWork if the thread was interrupted by somebody else
     */
    public <T> Optional<T> interruptible(Supplier<T> work) {
        if (!begun()) {
            return Optional.empty();
        }
        boolean finished = false;
        try {
            T result = work.get();
            finished = true;
            return Optional.of(result);
        } catch (InterruptedWork e) {
            if (!isOrdered()) {
                throw e;
            }
            return Optional.empty();
        } finally {
            ended(finished);
        }
    }

    private synchronized boolean begun() {
        if (ordered) {
            ordered = false;
            return false;
        }
        watching = Optional.of(Thread.currentThread());
        return true;
    }

    private synchronized boolean isOrdered() {
        return ordered;
    }

    /** An order that came too late to end the work leaves no interrupt behind, and is kept. */
    private synchronized void ended(boolean finished) {
        watching = Optional.empty();
        if (ordered) {
            Thread.interrupted();
            ordered = finished;
        }
    }
}
