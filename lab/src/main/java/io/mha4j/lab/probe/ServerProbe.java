package io.mha4j.lab.probe;

import io.mha4j.mysql.MysqlException.Kind;
import io.mha4j.mysql.ServerSession;
import java.time.Duration;

/** Read-only, event scheduler, locks, ping, killing a connection. */
final class ServerProbe {
    private final ProbeTree tree;
    private final Checks checks;
    private final ProbeServer server;

    ServerProbe(ProbeTree tree, Checks checks) {
        this.tree = tree;
        this.checks = checks;
        this.server = tree.source();
    }

    void run() {
        readOnly();
        readOnlyBehindALock();
        eventScheduler();
        locks();
    }

    private void readOnly() {
        checks.does("read-only on", () -> server.control().setReadOnly(true, ProbeServer.in(5)));
        checks.holds(
                "seen in the facts",
                () -> server.session().facts(ProbeServer.in(5)).readOnly());
        checks.note(
                "super_read_only: " + server.session().facts(ProbeServer.in(5)).superReadOnly());
        checks.does("read-only off", () -> server.control().setReadOnly(false, ProbeServer.in(5)));
        checks.does("writes go through", () -> tree.insert(server, 8000, 8000));
    }

    /** The server must give up by itself: else read_only would be set when the lock goes, long after we reported. */
    private void readOnlyBehindALock() {
        ServerSession holder = server.another();
        try (TableLock lock = TableLock.take(server, "probe.t")) {
            checks.refuses("read-only behind a lock", Kind.STATEMENT, 1205, 4, () -> server.control()
                    .setReadOnly(true, ProbeServer.in(3)));
            checks.note(lock + " held");
        }
        holder.close();
        checks.same("the session survives it", true, server.session()::isOpen);
        checks.same("it was not set later", false, () -> server.session()
                .facts(ProbeServer.in(5))
                .readOnly());
        checks.does("writes still go through", () -> tree.insert(server, 8001, 8001));
    }

    private void eventScheduler() {
        checks.note("event scheduler: " + server.control().eventScheduler(ProbeServer.in(5)));
        for (boolean on : new boolean[] {true, false}) {
            checks.does("event scheduler " + on, () -> server.control().setEventScheduler(on, ProbeServer.in(5)));
        }
    }

    private void locks() {
        ServerSession other = server.another();
        ServerSession session = server.session();
        checks.same("lock", true, () -> session.acquireLock("probe", Duration.ZERO, ProbeServer.in(5)));
        checks.same(
                "held by another", false, () -> other.acquireLock("probe", Duration.ofSeconds(1), ProbeServer.in(5)));
        checks.same("not the other's to give", false, () -> other.releaseLock("probe", ProbeServer.in(5)));
        checks.same("release", true, () -> session.releaseLock("probe", ProbeServer.in(5)));
        checks.same("free for another", true, () -> other.acquireLock("probe", Duration.ZERO, ProbeServer.in(5)));
        checks.same("kill the holder", true, () -> session.kill(other.connectionId(), ProbeServer.in(5)));
        checks.same(
                "its lock is free", true, () -> session.acquireLock("probe", Duration.ofSeconds(5), ProbeServer.in(9)));
        checks.refuses("a killed session is unreachable", Kind.UNREACHABLE, -1, 1, () -> other.ping(ProbeServer.in(5)));
        checks.same("kill nobody", false, () -> session.kill(other.connectionId(), ProbeServer.in(5)));
        session.releaseLock("probe", ProbeServer.in(5));
        checks.does("ping", () -> session.ping(ProbeServer.in(1)));
        checks.does("log in and out", () -> server.another().close());
    }
}
