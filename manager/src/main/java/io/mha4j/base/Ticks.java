package io.mha4j.base;

import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/** A monotonic tick in nanoseconds, never wall time: a jump of the clock neither ends nor stretches a wait. */
@FunctionalInterface
public interface Ticks {
    /** Nanoseconds since an arbitrary origin; only differences mean something. */
    long nanos();

    /**
     * Begins work that goes on beside the caller while this time passes, in a thread of its own, so that a test that moves
     * its clock decides too when such work is done and how long its end is waited for.
     *
     * @param name of the thread, which keeps no program alive
     */
    default <T> Future<T> beside(String name, Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return task;
    }
}
