package io.mha4j.monitor;

import io.mha4j.base.Deadline;
import io.mha4j.base.Ticks;
import io.mha4j.config.ServerSettings;
import io.mha4j.config.ServerSettings.UnusableSource;
import io.mha4j.decision.HealthState.Check;
import io.mha4j.mysql.MysqlException;
import io.mha4j.mysql.ServerSession;
import io.mha4j.mysql.SourceControl;
import io.mha4j.mysql.details.ServerFilesQuery;
import io.mha4j.mysql.details.WriteFailure;
import io.mha4j.mysql.line.Line;
import io.mha4j.topology.ServerState;
import io.mha4j.topology.details.ServerFiles;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Checks the source over a kept connection that also holds MHA's monitor lock, so that this manager and a Perl MHA exclude
 * each other. A connection that failed is opened anew at the next check; the lock is then asked for until it is ours again,
 * after the old connection, which may still hold it on the server, has been ended there. Losing the lock is no reason to stop
 * watching.
 */
public final class SourcePing implements SourceProbe {
    /** MHA's lock name on the source (MHA manager 0.58, ManagerConst.pm). */
    public static final String MONITOR_LOCK = "MHA_Master_High_Availability_Monitor";

    private final ServerSettings source;
    private final Ticks ticks;
    private Optional<Kept> kept = Optional.empty();
    private volatile Line line = new Line();
    private final LostConnections lost;
    private long opened;
    private boolean locked;

    /** The session, the line that it uses, and how many were opened before. */
    private record Kept(ServerSession session, Line line, long number) {}

    /** @param lost connections of earlier checks, which this one ends, and to which it leaves its own */
    public SourcePing(ServerSettings source, LostConnections lost, Ticks ticks) {
        this.source = source;
        this.lost = lost;
        this.ticks = ticks;
    }

    /**
     * Makes this manager the one that watches the source.
     *
     * @param wait how long another holder may take to give the lock back
     * @throws AlreadyMonitored if it does not
     * @throws MysqlException if the source cannot be reached
     */
    public void begin(Duration wait, Deadline deadline) {
        try {
            ServerSession session = open(deadline);
            endLost(session, deadline);
            if (!takesLock(session, wait, deadline)) {
                throw new AlreadyMonitored(source.id(), MONITOR_LOCK);
            }
        } catch (AlreadyMonitored | MysqlException e) {
            forget();
            throw e;
        }
    }

    @Override
    public Check check(Duration limit) {
        Deadline deadline = Deadline.in(limit, ticks);
        try {
            ServerSession session = kept.isPresent() ? kept.get().session() : open(deadline);
            if (!locked) {
                lockAgain(session, deadline);
            }
            return ask(session, deadline);
        } catch (MysqlException e) {
            forget();
            return failed(e);
        }
    }

    /** A server that misses a privilege of ours lives, and others may well write to it. */
    private static Check failed(MysqlException e) {
        return switch (e.kind()) {
            case REFUSING, PRIVILEGE -> new Check.Refused(e.why());
            case UNREACHABLE, STATEMENT, REPLICATION, OUTCOME -> new Check.Failed(e.why());
        };
    }

    /** @throws MysqlException if the server answers nobody */
    private Check write(ServerSession session, Deadline deadline) {
        try (WriteWait beside = new WriteWait(source, session.connectionId(), deadline, ticks)) {
            try {
                new SourceControl(session).proveWritable(deadline);
                return WriteFailure.isReadOnly(session, deadline)
                        ? new Check.Closed("read_only was set; accounts with privileges as ours may write all the same")
                        : new Check.Good();
            } catch (MysqlException e) {
                Optional<String> refused = WriteFailure.of(e);
                if (refused.isPresent()) {
                    return unusable(refused.get());
                }
                if (e.kind() == MysqlException.Kind.PRIVILEGE) {
                    return failed(e);
                }
                String waits = Optional.of(beside)
                        .filter(b -> isLate(e))
                        .flatMap(WriteWait::reason)
                        .orElseThrow(() -> e);
                forget();
                return unusable(waits);
            }
        }
    }

    private Check unusable(String why) {
        return new Check.Unusable(why, source.watching().unusable() == UnusableSource.FAILOVER);
    }

    private static boolean isLate(MysqlException e) {
        return e.asState(Duration.ZERO)
                .filter(state ->
                        state instanceof ServerState.Unreachable gone && gone.how() == ServerState.Kind.TIMED_OUT)
                .isPresent();
    }

    @Override
    public boolean awaitNews(Deadline deadline) {
        return kept.filter(k -> k.line().awaitNews(deadline)).isPresent();
    }

    /** Whether the server has said anything over the connection that was tried last, its greeting at least; from any thread. */
    public boolean hasSpoken() {
        return line.hasHeard();
    }

    /** Which one the kept connection is, counted by this side; empty while there is none. */
    public OptionalLong connection() {
        return kept.map(k -> OptionalLong.of(k.number())).orElseGet(OptionalLong::empty);
    }

    /** Where the server's files are; empty if it does not say so. */
    public Optional<ServerFiles> files(Deadline deadline) {
        try {
            return kept.flatMap(k -> ServerFilesQuery.ask(k.session(), deadline));
        } catch (MysqlException e) {
            // A connection that broke shows at the next check.
            return Optional.empty();
        }
    }

    private Check ask(ServerSession session, Deadline deadline) {
        switch (source.watching().pingType()) {
            case SELECT -> session.ping(deadline);
            case INSERT -> {
                return write(session, deadline);
            }
            case CONNECT -> {
                // Asked too, so that the server does not end it as idle, and it is opened anew, with the lock, if it
                // has ended.
                session.ping(deadline);
                return askAnew(deadline);
            }
        }
        return new Check.Good();
    }

    /** One that is not let in says nothing against the kept connection, which has just answered and holds the lock. */
    private Check askAnew(Deadline deadline) {
        try (ServerSession fresh = ServerSession.open(source, deadline)) {
            fresh.ping(deadline);
            return new Check.Good();
        } catch (MysqlException e) {
            return failed(e);
        }
    }

    private ServerSession open(Deadline deadline) {
        Line fresh = new Line();
        line = fresh;
        ServerSession session = ServerSession.openOver(fresh, source, deadline);
        kept = Optional.of(new Kept(session, fresh, opened++));
        return session;
    }

    /** A living server that does not give it is asked again at the next check. */
    private void lockAgain(ServerSession session, Deadline deadline) {
        try {
            endLost(session, deadline);
            takesLock(session, Duration.ZERO, deadline);
        } catch (MysqlException e) {
            if (!session.isOpen()) {
                throw e;
            }
        }
    }

    private void endLost(ServerSession session, Deadline deadline) {
        lost.keepThose(source.id(), connection -> session.endLost(connection, deadline));
    }

    private boolean takesLock(ServerSession session, Duration wait, Deadline deadline) {
        locked = session.acquireLock(MONITOR_LOCK, wait, deadline);
        if (locked) {
            lost.forget(source.id());
        }
        return locked;
    }

    private void forget() {
        kept.ifPresent(given -> {
            lost.add(source.id(), given.session().own());
            given.session().close();
        });
        kept = Optional.empty();
        locked = false;
    }

    @Override
    public void close() {
        forget();
    }
}
