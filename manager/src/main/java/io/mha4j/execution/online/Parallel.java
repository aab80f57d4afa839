package io.mha4j.execution.online;

import io.mha4j.base.InterruptedWork;
import io.mha4j.base.MhaException;
import io.mha4j.base.ServerId;
import io.mha4j.decision.online.OnlineStep;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Work for several servers side by side, a thread for each. */
final class Parallel {
    private Parallel() {}

    /** Those steps that did not succeed. */
    static List<OnlineStep> failed(List<OnlineStep> steps, Predicate<OnlineStep> work) {
        List<Callable<Boolean>> calls = steps.stream()
                .<Callable<Boolean>>map(step -> () -> work.test(step))
                .toList();
        List<Boolean> done = run(calls);
        List<OnlineStep> failed = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            if (!done.get(i)) {
                failed.add(steps.get(i));
            }
        }
        return failed;
    }

    /** Does it for all; throws what the first failing one threw. */
    static void all(List<ServerId> servers, Consumer<ServerId> work) {
        run(servers.stream()
                .<Callable<Boolean>>map(server -> () -> {
                    work.accept(server);
                    return true;
                })
                .toList());
    }

    private static <T> List<T> run(List<Callable<T>> work) {
        ExecutorService threads = Executors.newCachedThreadPool(task -> new Thread(task, "switch-step"));
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> done : threads.invokeAll(work)) {
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
            threads.shutdownNow();
        }
    }
}
