package io.mha4j.cli;

import io.mha4j.base.InterruptedWork;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * What happens when the process is told to end: the working thread is interrupted, has a few seconds to put things in
 * order, and the process ends with 1, as MHA's programs do, instead of the JVM's 143. Work that must not be cut short is
 * waited for, however long it takes; its exit status is then the process's. Where there was none, it ends with 143 instead of 1
 * as systemd's own child: a unit can tell an end that was asked for from an error, after which it starts the program again.
 */
final class Ending implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int AS_MHA = 1;
    private static final int AS_ASKED_FOR = 143;

    /** What systemd gives to every process that it starts, and they to theirs. */
    private static final String OF_A_UNIT = "INVOCATION_ID";

    private static final long INIT = 1;

    private final CountDownLatch inOrder = new CountDownLatch(1);
    private final Thread worker;
    private final Thread hook;
    private boolean told;
    private boolean busy;
    private int status = AS_MHA;
    private boolean worked;

    private final Runnable waits;
    private final int insteadOfOne;

    private Ending(Thread worker, Runnable waits, int insteadOfOne) {
        this.waits = waits;
        this.insteadOfOne = insteadOfOne;
        this.worker = worker;
        this.hook = new Thread(this::onSignal, "ending");
    }

    /**
     * Watches over the calling thread until closed.
     *
     * @param waits tells somebody that the end waits for work that may not be cut short
     */
    static Ending ofThisThread(Runnable waits) {
        OptionalLong parent = ProcessHandle.current().parent().stream()
                .mapToLong(ProcessHandle::pid)
                .findFirst();
        Ending ending = new Ending(Thread.currentThread(), waits, insteadOfOne(System.getenv(), parent));
        Runtime.getRuntime().addShutdownHook(ending.hook);
        return ending;
    }

    /** With 1 or, where nobody but systemd sees it, with what its unit takes for an end that was asked for. */
    static int insteadOfOne(Map<String, String> environment, OptionalLong parent) {
        boolean bySystemd = environment.containsKey(OF_A_UNIT) && parent.equals(OptionalLong.of(INIT));
        return bySystemd ? AS_ASKED_FOR : AS_MHA;
    }

    /**
     * Does {@code work} to its end, whatever the process is told meanwhile.
     *
     * @param work answers its exit status; negative: it has none, and the process goes on behind it
     * @throws InterruptedWork if it was told to end before, or during work that has no exit status
     */
    int undisturbed(IntSupplier work) {
        begin();
        int exit = AS_MHA;
        try {
            exit = work.getAsInt();
        } finally {
            end(exit);
        }
        if (exit < 0 && isTold()) {
            throw toldBefore("what follows work that may not be cut short");
        }
        return exit;
    }

    private synchronized void begin() {
        if (told) {
            throw toldBefore("the start of what may not be cut short");
        }
        busy = true;
    }

    private static InterruptedWork toldBefore(String work) {
        return InterruptedWork.during(work, new InterruptedException());
    }

    private synchronized void end(int exit) {
        busy = false;
        if (told && exit >= 0) {
            endsWith(exit);
        }
        notifyAll();
    }

    /** Whether the process was told to end. */
    synchronized boolean isTold() {
        return told;
    }

    /** From now on the process ends with {@code exit} when it is told to end. */
    synchronized void endsWith(int exit) {
        status = exit;
        worked = true;
    }

    private void onSignal() {
        if (inOrder.getCount() == 0) {
            return;
        }
        try {
            interruptOrWait();
            inOrder.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(status());
    }

    /** What the process ends with when it is told to end. */
    synchronized int status() {
        return worked ? status : insteadOfOne;
    }

    /** Tells somebody of the wait without the monitor: what is waited for needs it to end. */
    private void interruptOrWait() throws InterruptedException {
        if (tell()) {
            waits.run();
        }
        untilIdle();
    }

    /** Tells it to end; answers whether there is something to wait for. */
    synchronized boolean tell() {
        told = true;
        if (!busy) {
            worker.interrupt();
        }
        return busy;
    }

    private synchronized void untilIdle() throws InterruptedException {
        while (busy) {
            wait();
        }
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
