package io.mha4j.remote.ssh;

import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import java.time.Duration;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * The shells on one host. One connection, made at the first call and again when it was lost; on it a shell for each
 * command that runs at the same time, kept for the next one. A command that was sent is never sent again: it may have been
 * carried out. Thread-safe.
 */
final class SshShells implements AutoCloseable {
    /** OpenSSH allows 10 channels on a connection by default (MaxSessions); some stay free to kill with. */
    private static final int AT_ONCE = 7;

    private static final int KEPT_IDLE = 2;

    /** A connection that did not answer in time gets this much of the next call to prove that it lives. */
    static final Duration PROOF_OF_LIFE = Duration.ofSeconds(2);

    /** For a shell on a connection that lives: it may hang where the disk of the account's home does. */
    private static final Duration OPENING = Duration.ofSeconds(20);

    /** A failure this near to its limit was silence; jsch counts in whole milliseconds. */
    private static final Duration NEARLY_OVER = Duration.ofMillis(50);

    private final Transport transport;
    private final String name;
    private final Semaphore permits = new Semaphore(AT_ONCE, true);
    private final ReentrantLock connecting = new ReentrantLock();
    private final Deque<RemoteShell> idle = new ConcurrentLinkedDeque<>();
    private Optional<Connection> connection = Optional.empty();
    /** The connection that is to come back. */
    private Optional<Connection> lent = Optional.empty();

    private volatile boolean suspect;

    SshShells(Transport transport, String name) {
        this.transport = transport;
        this.name = name;
    }

    /**
     * Lends a shell to {@code use}; whatever it throws ends that shell and kills what runs in it.
     *
     * @throws CommandException if there is no shell by the deadline
     */
    <T> T with(Deadline deadline, Function<RemoteShell, T> use) {
        acquire(deadline);
        try {
            RemoteShell shell = borrow(deadline);
            boolean done = false;
            try {
                T answer = use.apply(shell);
                done = true;
                return answer;
            } finally {
                giveBack(shell, done, deadline);
            }
        } finally {
            permits.release();
        }
    }

    /**
     * Gives the connection away, to be taken back when it is free again; whoever needs a new shell meanwhile logs in anew. None if
     * there is none, if it is in doubt or if somebody is at work on it.
     */
    Optional<Connection> lend() {
        if (!permits.tryAcquire(AT_ONCE)) {
            return Optional.empty();
        }
        connecting.lock();
        try {
            Optional<Connection> live = connection.filter(c -> !suspect && c.isAlive());
            if (live.isPresent()) {
                connection = Optional.empty();
                lent = live;
            }
            return live;
        } finally {
            connecting.unlock();
            permits.release(AT_ONCE);
        }
    }

    /** Keeps it, unless it was lost, there is another one by now or about to be, or {@link #close} was called meanwhile. */
    void takeBack(Connection returned) {
        if (!connecting.tryLock()) {
            // Somebody logs in: that may take as long as the host likes, and makes this one needless.
            returned.close();
            return;
        }
        try {
            if (connection.isEmpty() && lent.filter(returned::equals).isPresent() && returned.isAlive()) {
                connection = lent;
            } else {
                returned.close();
            }
        } finally {
            connecting.unlock();
        }
    }

    private void acquire(Deadline deadline) {
        try {
            if (!permits.tryAcquire(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
                throw new CommandException(
                        "SSH to %s: %d commands run there already and none ended in time; look at them"
                                .formatted(name, AT_ONCE));
            }
        } catch (InterruptedException e) {
            throw InterruptedWork.during("waiting for SSH to " + name, e);
        }
    }

    private void giveBack(RemoteShell shell, boolean done, Deadline deadline) {
        if (!done) {
            suspect = true;
            shell.abandon(Deadline.in(PROOF_OF_LIFE, deadline.ticks()));
        } else if (idle.size() < KEPT_IDLE) {
            idle.push(shell);
        } else {
            shell.close();
        }
    }

    private RemoteShell borrow(Deadline deadline) {
        while (!suspect) {
            Optional<RemoteShell> shell = Optional.ofNullable(idle.poll());
            if (shell.isEmpty()) {
                break;
            }
            if (shell.get().isUsable()) {
                return shell.get();
            }
        }
        lock(deadline);
        try {
            Optional<RemoteShell> shell = connection.filter(Connection::isAlive).flatMap(c -> open(c, deadline));
            return shell.orElseGet(() -> RemoteShell.open(connectAnew(deadline), deadline.atMost(OPENING)));
        } finally {
            connecting.unlock();
        }
    }

    /** A shell on the connection there is; none if that turns out to be dead. */
    private Optional<RemoteShell> open(Connection live, Deadline deadline) {
        boolean doubted = suspect;
        Deadline limit = deadline.atMost(doubted ? proofOfLife(deadline) : OPENING);
        try {
            RemoteShell shell = RemoteShell.open(live, limit);
            suspect = false;
            return Optional.of(shell);
        } catch (CommandException e) {
            boolean silent = limit.remaining().compareTo(NEARLY_OVER) < 0;
            suspect = silent;
            if (!live.isAlive() || (doubted && silent)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Duration proofOfLife(Deadline deadline) {
        Duration half = deadline.remaining().dividedBy(2);
        return half.compareTo(PROOF_OF_LIFE) < 0 ? half : PROOF_OF_LIFE;
    }

    private Connection connectAnew(Deadline deadline) {
        drop();
        Connection opened = transport.connect(deadline);
        connection = Optional.of(opened);
        suspect = false;
        return opened;
    }

    private void drop() {
        connection.ifPresent(Connection::close);
        connection = Optional.empty();
        idle.clear();
    }

    private void lock(Deadline deadline) {
        try {
            if (!connecting.tryLock(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
                throw new CommandException(
                        "SSH to " + name + " is still being connected to; check that the host is up");
            }
        } catch (InterruptedException e) {
            throw InterruptedWork.during("waiting for SSH to " + name, e);
        }
    }

    /** Ends the connection; a later use makes a new one. */
    @Override
    public void close() {
        connecting.lock();
        try {
            lent = Optional.empty();
            drop();
        } finally {
            connecting.unlock();
        }
    }
}
