package io.mha4j.cli.node;

import io.mha4j.base.InterruptedWork;
import io.mha4j.cli.command.Terminal;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntSupplier;

/**
 * Work that would leave a server otherwise than it found it if the process just ended. Told to end (SIGTERM, SIGINT, SIGHUP),
 * the process says so, interrupts it, and ends when it has put back what it changed. A statement that the server is at is waited
 * for; a login is not, so it belongs before such work.
 */
final class Unwinding {
    private Unwinding() {}

    /**
     * Does {@code work} in this thread and answers its exit status.
     *
     * @throws InterruptedWork if it was told to end, and has told that; nothing else may be begun
     */
    static int whenToldToEnd(Terminal terminal, IntSupplier work) {
        CountDownLatch over = new CountDownLatch(1);
        Thread hook = hook(Thread.currentThread(), over, terminal);
        add(hook);
        try {
            return work.getAsInt();
        } catch (InterruptedWork e) {
            terminal.err().println("Got terminate signal. Exit.");
            throw e;
        } finally {
            over.countDown();
            remove(hook);
        }
    }

    static Thread hook(Thread worker, CountDownLatch over, Terminal terminal) {
        return new Thread(
                () -> {
                    terminal.err()
                            .println("Got terminate signal. What was changed on the server is put back first, when its"
                                    + " statement is over.");
                    worker.interrupt();
                    try {
                        over.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "unwinding");
    }

    private static void add(Thread hook) {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            throw InterruptedWork.during("the work on the server", new InterruptedException());
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already; the hook is what waited for this very call.
        }
    }
}
