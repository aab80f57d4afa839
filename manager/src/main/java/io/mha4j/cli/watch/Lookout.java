package io.mha4j.cli.watch;

import io.mha4j.base.InterruptedWork;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.config.ServerSettings;

/** Looks out for old masters while the present one is watched; one that is back where it belongs orders a reload. */
public final class Lookout implements AutoCloseable {
    private final Thread thread;

    private Lookout(Thread thread) {
        this.thread = thread;
    }

    /**
     * Begins, if there is somebody to look out for.
     *
     * @param master the present master, whose {@code ping_interval} is the time between two looks
     */
    public static Lookout on(OldMasters old, Reload reload, ServerSettings master) {
        Thread thread = new Thread(() -> watch(old, reload, master), "lookout");
        thread.setDaemon(true);
        if (!old.isEmpty()) {
            thread.start();
        }
        return new Lookout(thread);
    }

    private static void watch(OldMasters old, Reload reload, ServerSettings master) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                if (old.look(master)) {
                    reload.order();
                    return;
                }
                SystemTime.SLEEPER.sleep(master.watching().pingInterval());
            }
        } catch (InterruptedException | InterruptedWork e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A look that is on its way may still come to its end. */
    @Override
    public void close() {
        thread.interrupt();
    }
}
