package io.mha4j.cli.watch;

import io.mha4j.base.InterruptedWork;
import io.mha4j.base.ServerId;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.config.Application;
import io.mha4j.config.ServerSettings;
import java.util.List;

/** Looks out for old masters while the present one is watched; one that is back where it belongs orders a reload. */
public final class Lookout implements AutoCloseable {
    private final Thread thread;

    private Lookout(Thread thread) {
        this.thread = thread;
    }

    /**
     * Begins, if there is somebody to look out for.
     *
     * @param source the present master, whose {@code ping_interval} is the time between two looks
     */
    public static Lookout on(OldMasters old, Reload reload, Application app, ServerId source) {
        Thread thread = new Thread(() -> watch(old, reload, app.of(source), app.servers()), "lookout");
        thread.setDaemon(true);
        if (!old.isEmpty()) {
            thread.start();
        }
        return new Lookout(thread);
    }

    private static void watch(OldMasters old, Reload reload, ServerSettings master, List<ServerSettings> servers) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                if (old.look(master, servers)) {
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
