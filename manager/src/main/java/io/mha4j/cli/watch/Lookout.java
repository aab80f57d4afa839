package io.mha4j.cli.watch;

import io.mha4j.base.InterruptedWork;
import io.mha4j.base.ServerId;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.config.Application;
import io.mha4j.config.ServerSettings;
import io.mha4j.report.EventLog;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Looks out for old masters while the present one is watched; one that is back where it belongs orders a reload. */
public final class Lookout implements AutoCloseable {
    private final Thread thread;
    private final OldMasters old;

    private Lookout(Thread thread, OldMasters old) {
        this.thread = thread;
        this.old = old;
    }

    /**
     * Begins, if there is somebody to look out for, with the tree that is watched from now on.
     *
     * @param source the present master, whose {@code ping_interval} is the time between two looks
     * @param log    told of defects, which end no looking out
     */
    public static Lookout on(OldMasters old, Reload reload, Application app, ServerId source, EventLog log) {
        old.settle(app);
        return on(old, reload, app, app.of(source), log);
    }

    /** The same before a tree is watched; {@code master} need not be configured any more. */
    public static Lookout on(OldMasters old, Reload reload, Application app, ServerSettings master, EventLog log) {
        Thread thread = new Thread(() -> watch(() -> saw(old, master, app.servers(), log), reload, master), "lookout");
        thread.setDaemon(true);
        if (!old.isEmpty()) {
            thread.start();
        }
        return new Lookout(thread, old);
    }

    /** Whether one is back where it belongs. */
    private static boolean saw(OldMasters old, ServerSettings master, List<ServerSettings> servers, EventLog log) {
        try {
            return old.look(master, servers);
        } catch (InterruptedWork e) {
            throw e;
        } catch (RuntimeException e) {
            log.bug("looking out for old masters", e);
            return false;
        }
    }

    private static void watch(BooleanSupplier look, Reload reload, ServerSettings master) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                if (look.getAsBoolean()) {
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
        old.rest();
    }
}
