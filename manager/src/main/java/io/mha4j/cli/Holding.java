package io.mha4j.cli;

import io.mha4j.base.MhaException;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.execution.Permit;
import io.mha4j.ha.ManagerLock;
import io.mha4j.report.StateFiles;

/** The manager's lock of an application, held by this process; what allows it to change servers. */
final class Holding implements Permit, AutoCloseable {
    private final ManagerLock lock;
    private final StateFiles files;

    private Holding(ManagerLock lock, StateFiles files) {
        this.lock = lock;
        this.files = files;
    }

    /**
     * Takes the lock.
     *
     * @throws NotHeld naming who has it
     */
    static Holding take(StateFiles files) {
        ManagerLock.Claim claim = ManagerLock.claim(files, SystemTime.CLOCK);
        if (claim instanceof ManagerLock.Claim.Ours ours) {
            return new Holding(ours.lock(), files);
        }
        throw new NotHeld(((ManagerLock.Claim.Theirs) claim).sentence());
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
