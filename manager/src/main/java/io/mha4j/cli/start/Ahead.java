package io.mha4j.cli.start;

import com.jcraft.jsch.JSch;
import io.mha4j.base.MhaException;
import io.mha4j.cli.training.TrainingCiphers;
import io.mha4j.mysql.Sweep;

/**
 * Work that is done ahead, each kind in a thread of its own that nobody waits for. What fails here will fail where it is needed,
 * and say why there.
 */
public final class Ahead {
    private Ahead() {}

    /** Logins by SSH. */
    public static void ssh() {
        start("ssh ahead", () -> {
            JSch.getConfig("kex");
            TrainingCiphers.useUsual();
        });
    }

    /** Logins to servers. */
    public static void servers() {
        start("logins ahead", Sweep::prepare);
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(() -> attempt(work), name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void attempt(Runnable work) {
        try {
            work.run();
        } catch (MhaException | IllegalStateException | LinkageError e) {
            // The command itself meets it too.
        }
    }
}
