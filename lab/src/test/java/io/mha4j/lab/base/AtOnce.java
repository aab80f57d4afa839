package io.mha4j.lab.base;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Work that goes on at once. */
public final class AtOnce {
    private AtOnce() {}

    /** In a thread of its own: the pool that is there for it has one for each processor but one. */
    public static <T> CompletableFuture<T> started(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, task -> {
            Thread thread = new Thread(task, "at once");
            thread.setDaemon(true);
            thread.start();
        });
    }
}
