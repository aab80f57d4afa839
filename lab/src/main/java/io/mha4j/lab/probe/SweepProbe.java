package io.mha4j.lab.probe;

import io.mha4j.base.ServerId;
import io.mha4j.config.ServerSettings;
import io.mha4j.mysql.MysqlException;
import io.mha4j.mysql.ServerSession;
import io.mha4j.mysql.Sweep;
import io.mha4j.topology.ReplicaStatus;
import io.mha4j.topology.ServerFacts;
import io.mha4j.topology.ServerIdentity;
import io.mha4j.topology.ServerState;
import io.mha4j.topology.Snapshot;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What a sweep sees, of healthy servers and of each way to fail. */
final class SweepProbe {
    private final ProbeTree tree;
    private final Checks checks;
    private final Sweep sweep = new Sweep(ProbeServer.TICKS, Clock.systemUTC());

    SweepProbe(ProbeTree tree, Checks checks) {
        this.tree = tree;
        this.checks = checks;
    }

    void run() {
        healthy();
        oneFrozen();
        waysToFail();
        lackingPrivileges();
        frozenSession();
    }

    private void healthy() {
        Snapshot first = sweep(tree.settings(), Duration.ofSeconds(4));
        checks.holds(
                "sweep of three servers",
                () -> sweep(tree.settings(), Duration.ofSeconds(4)).servers().values().stream()
                        .allMatch(ServerState.Alive.class::isInstance));
        first.facts(tree.source().id()).ifPresent(facts -> checks.note("source: " + facts));
        first.facts(tree.first().id()).ifPresent(facts -> checks.note("replica: " + facts));
        ServerFacts source = first.facts(tree.source().id()).orElseThrow();
        ServerFacts replica = first.facts(tree.first().id()).orElseThrow();
        checks.same("source does not replicate", List.of(), source::replication);
        checks.holds("source logs and takes writes", () -> source.binlog().isPresent() && !source.readOnly());
        checks.holds("replica is read_only", replica::readOnly);
        checks.same("server ids differ", false, () -> source.serverId() == replica.serverId());
        checks.same("kept kind is not refused", true, () -> source.refusedKind().isEmpty());
        checks.same("GTIDs executed", tree.knowsGtids(), () -> source.executed()
                .filter(g -> !g.isEmpty())
                .isPresent());
        ReplicaStatus status = replica.onlyChannel().orElseThrow();
        checks.same("replica's source port", tree.source().id().port(), status::sourcePort);
        checks.same("replica's account", "repl", status::user);
        checks.same("what the source told the replica", ServerIdentity.of(source), status::sourceIdentity);
        checks.holds(
                "replica runs",
                () -> status.receiver().running() && status.applier().running());
        checks.same("replica's read position", source.binlog().orElseThrow().end(), () -> status.read()
                .orElseThrow());
        checks.same("auto-positioning", tree.gtids(), status::autoPosition);
    }

    private void oneFrozen() {
        tree.second().freeze();
        try {
            Duration limit = Duration.ofSeconds(1);
            long start = System.nanoTime();
            Snapshot seen = sweep(tree.settings(), limit);
            long took = (System.nanoTime() - start) / 1_000_000;
            checks.note("frozen: " + seen.servers().get(tree.second().id()));
            checks.holds("sweep with one frozen ends at its deadline: " + took + " ms", () -> took < 1300);
            checks.same(
                    "frozen one timed out",
                    ServerState.Kind.TIMED_OUT,
                    () -> kindOf(seen, tree.second().id()));
            checks.holds(
                    "facts of the others are there",
                    () -> seen.facts(tree.source().id()).isPresent()
                            && seen.facts(tree.first().id()).isPresent());
        } finally {
            tree.second().thaw();
        }
    }

    private void waysToFail() {
        ServerSettings closed = ProbeServer.settings(3, "127.0.0.1", 1, "root", "x");
        ServerSettings unknown = ProbeServer.settings(4, "no-such-host.invalid", 3306, "root", "x");
        ServerSettings denied = tree.first().as("root", "wrong");
        Snapshot seen = sweep(List.of(tree.source().settings(), denied, closed, unknown), Duration.ofSeconds(4));
        seen.servers().forEach((id, state) -> {
            if (!(state instanceof ServerState.Alive)) {
                checks.note(id + ": " + state);
            }
        });
        checks.same("closed port refuses", ServerState.Kind.REFUSED, () -> kindOf(seen, closed.id()));
        checks.same("unknown name", ServerState.Kind.UNKNOWN_HOST, () -> kindOf(seen, unknown.id()));
        checks.holds(
                "wrong password is 'alive but refusing' 1045",
                () -> seen.servers().get(denied.id()) instanceof ServerState.Refusing no && no.errorCode() == 1045);
        Snapshot dead = new Sweep(ProbeServer.TICKS, Clock.systemUTC())
                .sweep(tree.settings(), Set.of(tree.source().id()), Duration.ofSeconds(4));
        checks.holds(
                "an assumed dead server is not asked",
                () -> dead.servers().get(tree.source().id()) instanceof ServerState.Unreachable);
    }

    private void lackingPrivileges() {
        ProbeServer server = tree.second();
        ProbeAccounts.create(server, "weak", "weak");
        checks.refuses(
                "a sweep without privileges names one",
                MysqlException.Kind.PRIVILEGE,
                -1,
                3,
                () -> sweep(List.of(tree.source().settings(), server.as("weak", "weak")), Duration.ofSeconds(4)));
        ProbeAccounts.drop(server, "weak");
    }

    private void frozenSession() {
        ServerSession session = tree.second().another();
        tree.second().freeze();
        try {
            checks.refuses(
                    "a question to a frozen server ends at its deadline",
                    MysqlException.Kind.UNREACHABLE,
                    -1,
                    0.7,
                    () -> session.ping(ProbeServer.in(0.5)));
            checks.same("that session is closed", false, session::isOpen);
            checks.does("closing it", session::close);
            ServerSession other = tree.first().another();
            checks.does("an untouched session closes", other::close);
            checks.refuses(
                    "a login to a frozen server ends at its deadline",
                    MysqlException.Kind.UNREACHABLE,
                    -1,
                    0.7,
                    () -> ServerSession.open(tree.second().settings(), ProbeServer.in(0.5)));
        } finally {
            tree.second().thaw();
        }
        ServerSession quiet = tree.second().another();
        tree.second().freeze();
        checks.does("closing an open session of a frozen server", quiet::close);
        tree.second().thaw();
        checks.does("thawed, it answers", () -> tree.second().session().ping(ProbeServer.in(5)));
    }

    private Snapshot sweep(List<ServerSettings> servers, Duration limit) {
        return sweep.sweep(servers, Set.of(), limit);
    }

    private static ServerState.Kind kindOf(Snapshot seen, ServerId id) {
        return seen.servers().get(id) instanceof ServerState.Unreachable gone ? gone.how() : ServerState.Kind.BROKEN;
    }
}
