package io.mha4j.cli;

import io.mha4j.base.InterruptedWork;
import io.mha4j.base.MhaException;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.execution.Permit;
import io.mha4j.ha.ManagerLock;
import io.mha4j.report.ProcessIdentity;
import io.mha4j.report.StateFiles;
import io.mha4j.report.StatusFile;
import java.util.function.IntSupplier;

/** The manager's lock of an application, held by this process; what allows it to change servers. */
final class Holding implements Permit, AutoCloseable {
    private final ManagerLock lock;
    private final StateFiles files;
    private final Ending ending;

    private Holding(ManagerLock lock, StateFiles files, Ending ending) {
        this.lock = lock;
        this.files = files;
        this.ending = ending;
    }

    /**
     * Takes the lock.
     *
     * @throws NotHeld naming who has it
     */
    private static Holding take(StateFiles files, Ending ending) {
        ManagerLock.Claim claim = ManagerLock.claim(files, SystemTime.CLOCK);
        if (claim instanceof ManagerLock.Claim.Ours ours) {
            return new Holding(ours.lock(), files, ending);
        }
        throw new NotHeld(((ManagerLock.Claim.Theirs) claim).sentence());
    }

    /** What a command does while it holds the lock; answers the exit status. */
    interface Work {
        int run(StatusFile status, Holding lock);
    }

    /**
     * Does {@code work} as the one process that acts for the application: with its lock, its status file, and in order when
     * it is told to end. Answers 1 when it was, or when the work fails, and logs why.
     */
    static int during(Setup setup, Work work) {
        return during(
                setup, "The failover is finished first; a kill in the middle would leave it to the next start.", work);
    }

    /**
     * The same.
     *
     * @param finishing what it says when it is told to end in work that may not be cut short
     */
    static int during(Setup setup, String finishing, Work work) {
        setup.files().createWorkdir();
        try (Ending ending = Ending.ofThisThread(() -> setup.log().warning("Got terminate signal. {}", finishing))) {
            try {
                return told(setup, ending, work);
            } finally {
                setup.log().flush();
            }
        }
    }

    /** Tells why it ended before the ending is over: after that the process may be gone at any moment. */
    private static int told(Setup setup, Ending ending, Work work) {
        try {
            return held(setup, ending, work);
        } catch (InterruptedWork e) {
            setup.log().error("Got terminate signal. Exit.");
        } catch (MhaException e) {
            setup.log().error("{}", e.getMessage());
        } catch (RuntimeException e) {
            setup.log().bug("This is a defect of mha4j; please report it", e);
        }
        return 1;
    }

    private static int held(Setup setup, Ending ending, Work work) {
        try (Holding lock = take(setup.files(), ending)) {
            StatusFile status = new StatusFile(setup.files(), ProcessIdentity.current(), SystemTime.CLOCK);
            try {
                return work.run(status, lock);
            } finally {
                status.remove();
            }
        }
    }

    /** Does {@code work} to its end, even if the process is told to end meanwhile; see {@link Ending#undisturbed}. */
    int undisturbed(IntSupplier work) {
        return ending.undisturbed(work);
    }

    /** Whether the process was told to end during such work. */
    boolean isToldToEnd() {
        return ending.isTold();
    }

    /** From now on the process ends with {@code exit} when it is told to end. */
    void endsWith(int exit) {
        ending.endsWith(exit);
    }

    /** Gives lock and status back before the process ends, which has done what it took them for. */
    void retire(StatusFile status) {
        status.remove();
        lock.close();
    }

    @Override
    public void requireHeld() {
        if (!lock.isHeld()) {
            throw new NotHeld("the lock " + files.lock() + " is lost; this manager may not act any more");
        }
    }

    @Override
    public void close() {
        lock.close();
    }

    /** Another process may act for this application, so this one may not. */
    static final class NotHeld extends MhaException {
        NotHeld(String message) {
            super(message);
        }
    }
}
