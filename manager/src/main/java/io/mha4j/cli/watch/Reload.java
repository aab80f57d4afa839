package io.mha4j.cli.watch;

import io.mha4j.base.MhaException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The order to read the configuration again. It ends what is interruptible by it, and nothing else that the thread does: an
 * order that comes at another time waits for the next such work.
 */
public final class Reload {
    private static final long INSIST_MILLIS = 200;

    private Optional<Thread> watching = Optional.empty();
    private boolean ordered;
    private boolean insisting;

    /** Gives the order; may be called by any thread. */
    public synchronized void order() {
        ordered = true;
        watching.ifPresent(Thread::interrupt);
        if (watching.isPresent() && !insisting) {
            insisting = true;
            Thread again = new Thread(this::insist, "reload");
            again.setDaemon(true);
            again.start();
        }
    }

    /** Code that catches an interrupt may forget it; so it comes again until the work has ended. */
    private synchronized void insist() {
        try {
            while (ordered && watching.isPresent()) {
                watching.ifPresent(Thread::interrupt);
                wait(INSIST_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            insisting = false;
        }
    }

    /**
     * Does {@code work} until it has its result, or an order ends it: then the answer is empty, and the order is taken.
     *
     * @throws MhaException what the work throws without an order; {@link io.mha4j.base.InterruptedWork} if somebody else
     *     interrupted the thread
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
        } catch (MhaException e) {
            // What an interrupt breaks off does not always say that it was one.
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
        notifyAll();
        if (ordered) {
            Thread.interrupted();
            ordered = finished;
        }
    }
}
