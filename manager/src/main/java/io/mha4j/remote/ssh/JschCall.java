package io.mha4j.remote.ssh;

import com.jcraft.jsch.JSchException;
import io.mha4j.base.Deadline;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A call of jsch that may wait, on a thread of its own: jsch's own limits start anew with every packet, and it wakes who
 * waits for an answer by an interrupt, which might come too late and hit what that thread does next.
 */
@FunctionalInterface
interface JschCall<T> {
    T call() throws JSchException;

    /**
     * Waits for the answer until the deadline; the thread may live on.
     *
     * @throws ExecutionException with what the call threw as its cause
     */
    static <T> T await(String threadName, JschCall<T> work, Deadline deadline)
            throws TimeoutException, ExecutionException, InterruptedException {
        CompletableFuture<T> done = new CompletableFuture<>();
        Thread thread = new Thread(() -> complete(done, work), threadName);
        thread.setDaemon(true);
        thread.start();
        return done.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    }

    private static <T> void complete(CompletableFuture<T> done, JschCall<T> work) {
        try {
            done.complete(work.call());
        } catch (JSchException | RuntimeException e) {
            done.completeExceptionally(e);
        }
    }
}
