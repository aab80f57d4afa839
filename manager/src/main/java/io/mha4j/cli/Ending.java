package io.mha4j.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What happens when the process is told to end: the working thread is interrupted, has a few seconds to put things in
 * order, and the process ends with 1, as MHA's programs do, instead of the JVM's 143.
 */
final class Ending implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final CountDownLatch inOrder = new CountDownLatch(1);
    private final Thread hook;

    private Ending(Thread worker) {
        this.hook = new Thread(() -> onSignal(worker), "ending");
    }

    /** Watches over the calling thread until closed. */
    static Ending ofThisThread() {
        Ending ending = new Ending(Thread.currentThread());
        Runtime.getRuntime().addShutdownHook(ending.hook);
        return ending;
    }

    private void onSignal(Thread worker) {
        if (inOrder.getCount() == 0) {
            return;
        }
        worker.interrupt();
        try {
            inOrder.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(1);
    }

    @Override
    public void close() {
        inOrder.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already; the hook is what waits for this very call.
        }
    }
}
