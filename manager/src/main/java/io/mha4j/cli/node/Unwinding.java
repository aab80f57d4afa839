package io.mha4j.cli.node;

import io.mha4j.base.InterruptedWork;
import io.mha4j.cli.command.Terminal;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * Work that would leave a server otherwise than it found it if the process just ended. Told to end (SIGTERM, SIGINT, SIGHUP),
 * the process says so, interrupts it, and ends when it has put back what it changed. A statement that the server is at is waited
 * for, but not for ever: a server that hangs would keep the process. A login is not, so it belongs before such work.
 */
final class Unwinding {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Terminal terminal;
    private final String left;
    private final Duration patience;

    Unwinding(Terminal terminal, String left, Duration patience) {
        this.terminal = terminal;
        this.left = left;
        this.patience = patience;
    }

    /**
     * Does {@code work} in this thread and answers its exit status.
     *
     * @param left what the server may be left with if it does not answer in time, one clause
     * @throws InterruptedWork if it was told to end, and has told that; nothing else may be begun
     */
    static int whenToldToEnd(Terminal terminal, String left, IntSupplier work) {
        CountDownLatch over = new CountDownLatch(1);
        Thread hook = new Unwinding(terminal, left, PATIENCE).hook(Thread.currentThread(), over);
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

    Thread hook(Thread worker, CountDownLatch over) {
        return new Thread(() -> unwind(worker, over), "unwinding");
    }

    private void unwind(Thread worker, CountDownLatch over) {
        terminal.err()
                .println("Got terminate signal. What was changed on the server is put back first, when its"
                        + " statement is over.");
        worker.interrupt();
        try {
            if (!over.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                terminal.err()
                        .println("It is not over after " + patience.toSeconds() + " s. Exit. WARNING: " + left
                                + "; look at it yourself");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
