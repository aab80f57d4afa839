package io.mha4j.execution;

import io.mha4j.base.InterruptedWork;
import io.mha4j.base.MhaException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Work for several servers at once, a thread for each. */
public final class SideBySide {
    private SideBySide() {}

    /**
     * Waits for all of it, which must come to an end by itself.
     *
     * @return the results in the order of the work
     * @throws MhaException the first one that a piece of work threw
     * @throws InterruptedWork if this thread is told to end; the others are told so too
     */
    public static <T> List<T> run(String threads, List<Callable<T>> work) {
        ExecutorService pool = Executors.newCachedThreadPool(task -> new Thread(task, threads));
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> done : pool.invokeAll(work)) {
                results.add(done.get());
            }
            return results;
        } catch (InterruptedException e) {
            throw InterruptedWork.during("a group of steps", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof MhaException ours) {
                throw ours;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }
}
