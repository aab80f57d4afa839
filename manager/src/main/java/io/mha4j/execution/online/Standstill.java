package io.mha4j.execution.online;

import io.mha4j.base.Deadline;
import io.mha4j.base.ServerId;
import io.mha4j.decision.online.OnlineStep;
import io.mha4j.mysql.MysqlException;
import io.mha4j.mysql.ServerSession;
import io.mha4j.mysql.SourceControl;
import io.mha4j.mysql.SourceControl.Coordinates;
import io.mha4j.mysql.online.ActivityQuery;
import io.mha4j.report.EventLog;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** Proves that an old source still stands where the new one took over. */
final class Standstill {
    private static final Duration SHORT = Duration.ofSeconds(10);
    /** For each of two attempts while nobody can write. */
    private static final Duration AT_ONCE = Duration.ofSeconds(3);

    /** How a server is reached. */
    interface Reach {
        ServerSession to(ServerId server, Deadline deadline);
    }

    private final Reach reach;
    private final OnlineSteps.Time time;
    private final EventLog log;

    Standstill(Reach reach, OnlineSteps.Time time, EventLog log) {
        this.reach = reach;
        this.time = time;
        this.log = log;
    }

    /**
     * Answers in words what is to be said of it; nothing if it was read.
     *
     * @param point      where it stood
     * @param lockHolder the connection that held its read lock, if one did
     * @throws NotStillException if it went on, or could have
     */
    String confirm(OnlineStep.ConfirmStill step, Coordinates point, OptionalLong lockHolder) {
        return switch (step.when()) {
            case LOCKED -> locked(step.server(), point, lockHolder, SHORT);
            case BEHIND_SCRIPT -> behindScript(step.server(), point, lockHolder);
            case LEFT -> left(step.server(), point);
        };
    }

    private String locked(ServerId server, Coordinates point, OptionalLong lockHolder, Duration limit) {
        Deadline deadline = time.within(limit);
        ServerSession session = reach.to(server, deadline);
        if (lockHolder.isPresent() && lockHolder.getAsLong() != session.connectionId()) {
            throw new NotStillException(server, "the connection that held the global read lock was lost");
        }
        require(server, point, new SourceControl(session).coordinates(deadline));
        requireNothingPrepared(session, deadline);
        return "";
    }

    /** @throws NotStillException if it went on */
    void require(ServerId server, Coordinates point) {
        require(server, point, read(server));
    }

    private static void require(ServerId server, Coordinates point, Coordinates now) {
        if (!now.equals(point)) {
            throw new NotStillException(server, point, now);
        }
    }

    /**
     * By GTID it may have got more by replication: a run that died may have pointed it at the new source.
     *
     * @throws NotStillException if it went on by itself, or nobody can tell
     */
    void requireNothingOwn(ServerId server, Coordinates point, ServerId newSource) {
        Coordinates now = read(server);
        boolean replicated = !now.equals(point)
                && now.executed()
                        .filter(all -> read(newSource)
                                .executed()
                                .filter(other -> other.covers(all))
                                .isPresent())
                        .isPresent();
        if (!replicated) {
            require(server, point, now);
        }
    }

    private Coordinates read(ServerId server) {
        Deadline deadline = time.within(SHORT);
        return new SourceControl(reach.to(server, deadline)).coordinates(deadline);
    }

    /** A connection that a script ended is no host that is gone: whoever still answers has lost its lock. */
    private String behindScript(ServerId server, Coordinates point, OptionalLong lockHolder) {
        try {
            return locked(server, point, lockHolder, AT_ONCE);
        } catch (MysqlException e) {
            requireUnreachable(e);
        }
        try {
            return locked(server, point, lockHolder, AT_ONCE);
        } catch (MysqlException e) {
            requireUnreachable(e);
            log.warning("{}; it had not been written to before the script was called", e.getMessage());
            return "as far as is known";
        }
    }

    private static void requireUnreachable(MysqlException e) {
        if (e.kind() != MysqlException.Kind.UNREACHABLE) {
            throw e;
        }
    }

    /** By GTID a new file of its log says nothing; by file and position nobody knows what another file holds. */
    private String left(ServerId server, Coordinates point) {
        try {
            Coordinates now = read(server);
            boolean same = point.executed().isPresent()
                    ? now.executed().equals(point.executed())
                    : now.position().equals(point.position());
            if (!same) {
                throw wentOn(server, point, now);
            }
            Deadline deadline = time.within(SHORT);
            requireNothingPrepared(reach.to(server, deadline), deadline);
            return "";
        } catch (MysqlException e) {
            requireUnreachable(e);
            log.warning("{}; it had not been written to before the new master was opened", e.getMessage());
            return "as far as is known";
        }
    }

    private static NotStillException wentOn(ServerId server, Coordinates point, Coordinates now) {
        String file = now.position().file();
        return now.executed().isPresent() || file.equals(point.position().file())
                ? new NotStillException(server, point, now)
                : new NotStillException(
                        server,
                        "its binary log went on from %s in %s; whether that holds writes is not known, see for yourself"
                                .formatted(point.position(), file));
    }

    private void requireNothingPrepared(ServerSession session, Deadline deadline) {
        List<String> prepared = new ActivityQuery(session, time.sleeper()).preparedNow(deadline);
        if (!prepared.isEmpty()) {
            throw session.notAsAsked("XA RECOVER", prepared + " stay prepared; they could end where nobody reads them");
        }
    }
}
