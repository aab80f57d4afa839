package io.mha4j.cli.node;

import io.mha4j.base.InterruptedWork;
import io.mha4j.cli.command.Terminal;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntSupplier;

/**
 * Work that would leave a server otherwise than it found it if the process just ended. Told to end (SIGTERM, SIGINT, SIGHUP),
 * the process interrupts it, and ends when it has put back what it changed. A statement that the server is at is waited for.
 */
final class Unwinding {
    private static final int FAILED = 1;

    private Unwinding() {}

    /** Does {@code work} in this thread and answers its exit status. */
    static int whenToldToEnd(Terminal terminal, IntSupplier work) {
        CountDownLatch over = new CountDownLatch(1);
        Thread hook = hook(Thread.currentThread(), over);
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return work.getAsInt();
        } catch (InterruptedWork e) {
            terminal.err().println("Got terminate signal. Exit.");
            return FAILED;
        } finally {
            over.countDown();
            remove(hook);
        }
    }

    static Thread hook(Thread worker, CountDownLatch over) {
        return new Thread(
                () -> {
                    worker.interrupt();
                    try {
                        over.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "unwinding");
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already; the hook is what waited for this very call.
        }
    }
}
