package io.mha4j.execution;

import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import io.mha4j.base.ServerId;
import io.mha4j.base.Ticks;
import io.mha4j.config.Application;
import io.mha4j.mysql.ServerSession;
import io.mha4j.report.EventLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * One kept session per server for the length of a failover. Each holds MHA's failover lock on its server, so that neither
 * another manager nor {@code purge_relay_logs} works on it at the same time; a session that is lost loses the lock too.
 * Different servers may be asked for by different threads: none waits for a login to another server.
 */
public final class Sessions implements AutoCloseable {
    /** MHA's lock name on replicas (MHA manager 0.58, ManagerConst.pm). */
    public static final String FAILOVER_LOCK = "MHA_Master_High_Availability_Failover";

    /** How the log shows a statement: server, then statement. */
    public static final String CHANGE = "{}: {}";

    private static final Duration LOCK_WAIT = Duration.ofSeconds(1);

    /** For a login and the wait for a lock, while locks are collected. */
    private static final Duration TRY = Duration.ofSeconds(5);

    /** How long others may take to give a lock back; a purge of relay logs has it for some seconds. */
    private static final Duration OTHERS_END = Duration.ofSeconds(10);

    private final Application app;
    private final BiConsumer<ServerId, String> changes;
    private final boolean inherits;
    private final Map<ServerId, ServerSession> open = new ConcurrentHashMap<>();

    /** Held while a server is logged in to; the map above would make others wait, too. */
    private final Map<ServerId, Object> logins = new ConcurrentHashMap<>();

    /** Tells the log every statement that is to change something. */
    public Sessions(Application app, EventLog log) {
        this(app, told(log));
    }

    /** @param changes told every statement that is to change something, secrets masked; from several threads */
    public Sessions(Application app, BiConsumer<ServerId, String> changes) {
        this(app, changes, false);
    }

    private Sessions(Application app, BiConsumer<ServerId, String> changes, boolean inherits) {
        this.app = app;
        this.changes = changes;
        this.inherits = inherits;
    }

    /**
     * For taking up a run whose process is known to be dead: connections that it lost and that still hold the lock are ended,
     * if they are of our account and host.
     */
    public static Sessions inheriting(Application app, EventLog log) {
        return inheriting(app, told(log));
    }

    /** @param changes told every statement that is to change something, secrets masked; from several threads */
    public static Sessions inheriting(Application app, BiConsumer<ServerId, String> changes) {
        return new Sessions(app, changes, true);
    }

    private static BiConsumer<ServerId, String> told(EventLog log) {
        return (server, statement) -> log.debug(CHANGE, server, statement);
    }

    /**
     * The kept session of a server; opened anew if it broke.
     *
     * @throws io.mha4j.base.MhaException if it cannot be reached, or somebody else holds its failover lock
     */
    public ServerSession of(ServerId server, Deadline deadline) {
        synchronized (loginOf(server)) {
            Optional<ServerSession> kept = Optional.ofNullable(open.get(server));
            if (kept.filter(ServerSession::isOpen).isPresent()) {
                return kept.get();
            }
            ServerSession fresh = openLocked(server, kept.map(ServerSession::own), deadline);
            open.put(server, fresh);
            return fresh;
        }
    }

    /**
     * Logs in to servers side by side and so takes their locks. One that cannot be reached is passed over: the step that
     * needs it tells.
     *
     * @throws LockHeldException if somebody else keeps one
     */
    public void claim(List<ServerId> servers, Ticks ticks) {
        Deadline end = Deadline.in(OTHERS_END, ticks);
        SideBySide.run(
                "claim",
                servers.stream()
                        .<Callable<Boolean>>map(server -> () -> claimed(server, end, ticks))
                        .toList());
    }

    private boolean claimed(ServerId server, Deadline end, Ticks ticks) {
        while (true) {
            try {
                return of(server, Deadline.in(TRY, ticks)).isOpen();
            } catch (LockHeldException e) {
                if (end.isOver()) {
                    throw e;
                }
            } catch (InterruptedWork e) {
                throw e;
            } catch (RuntimeException e) {
                return false;
            }
        }
    }

    private Object loginOf(ServerId server) {
        return logins.computeIfAbsent(server, s -> new Object());
    }

    /** Ends the lost connection there first: cut off without a word, it may hold our locks for hours. */
    private ServerSession openLocked(ServerId server, Optional<ServerSession.Own> lost, Deadline deadline) {
        ServerSession session = ServerSession.open(app.of(server), deadline)
                .tellingChanges(statement -> changes.accept(server, statement));
        try {
            lost.ifPresent(connection -> session.endLost(connection, deadline));
            if (!locked(session, deadline)) {
                throw new LockHeldException(server, FAILOVER_LOCK);
            }
            return session;
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private boolean locked(ServerSession session, Deadline deadline) {
        return session.acquireLock(FAILOVER_LOCK, LOCK_WAIT, deadline)
                || (inherits
                        && session.endHolder(FAILOVER_LOCK, deadline)
                        && session.acquireLock(FAILOVER_LOCK, LOCK_WAIT, deadline));
    }

    /** Ends the kept session of a server, and with it what it holds there; {@link #of} opens another one. */
    public void end(ServerId server) {
        synchronized (loginOf(server)) {
            Optional.ofNullable(open.remove(server)).ifPresent(ServerSession::close);
        }
    }

    @Override
    public void close() {
        open.values().forEach(ServerSession::close);
        open.clear();
    }
}
