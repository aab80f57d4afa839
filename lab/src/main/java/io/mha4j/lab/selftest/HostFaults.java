package io.mha4j.lab.selftest;

import io.mha4j.lab.base.LabException;
import io.mha4j.lab.base.Waiter;
import io.mha4j.lab.cases.CaseFailed;
import io.mha4j.lab.cases.Probe;
import io.mha4j.lab.host.Direction;
import io.mha4j.lab.host.LabHost;
import io.mha4j.lab.server.LabServer;
import io.mha4j.lab.tree.Replication;
import io.mha4j.lab.tree.Tree;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ForkJoinPool;
import java.util.function.BooleanSupplier;

/** Each fault of a host: what it takes away, what it leaves, and that undoing it brings everything back. */
public final class HostFaults implements Probe {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofSeconds(1);

    private final Waiter waiter = Waiter.real();

    @Override
    public void run(Tree tree, Path work) {
        LabHost host = tree.hosts().get(1);
        sshRefused(host, tree.loginKey(), work);
        sshLost(host, tree.loginKey());
        sqlLost(tree.hosts().get(0));
        frozen(host);
        gone(tree, host);
    }

    private void sshRefused(LabHost host, Path key, Path work) {
        try (SshClient client = SshClient.to(host, key)) {
            expect(
                    "exit status and streams",
                    client.run("echo out; echo err >&2; exit 7", LIMIT).equals("7:out:err"));
            Path proof = work.resolve("program-went-on");
            client.run("(sleep 1; touch " + proof + ") >/dev/null 2>&1 &", LIMIT);
            host.cutSsh();
            expect("cut SSH refuses", ssh(host) == PortState.REFUSES);
            expect("cut SSH leaves SQL alone", sql(host) == PortState.ACCEPTS);
            expectFailure("a session over cut SSH", () -> client.run("true", SHORT));
            expectSoon("a program goes on without its session", () -> proof.toFile()
                    .exists());
        }
        host.restoreSsh();
        try (SshClient client = SshClient.to(host, key)) {
            expect("restored SSH works", client.run("true", LIMIT).equals("0::"));
        }
    }

    private void sshLost(LabHost host, Path key) {
        try (SshClient client = SshClient.to(host, key)) {
            host.cutSshByPacketLoss(Direction.BOTH);
            expect("lost SSH is silent", ssh(host) == PortState.SILENT);
            expect("lost SSH leaves SQL alone", sql(host) == PortState.ACCEPTS);
            expectFailure("an open session over lost SSH", () -> client.run("true", SHORT));
        }
        host.healNetwork();
        try (SshClient client = SshClient.to(host, key)) {
            expect("healed SSH works", client.run("true", LIMIT).equals("0::"));
        }
    }

    /**
     * One direction at a time. A statement whose answer is lost arrives; whether one that was lost arrives once the
     * network is whole again is up to TCP, which may still have it in its queue.
     */
    private void sqlLost(LabHost host) {
        LabServer server = host.server();
        insertWhile(host, Direction.FROM_HOST, 1001);
        expectSoon("a statement arrives although its answer is lost", () -> has(server, 1001));
        insertWhile(host, Direction.TO_HOST, 1002);
        host.cutSql(Direction.BOTH);
        expect("lost SQL is silent", sql(host) == PortState.SILENT);
        expect("lost SQL leaves SSH alone", ssh(host) == PortState.ACCEPTS);
        host.healNetwork();
        expect("healed SQL answers", sql(host) == PortState.ACCEPTS);
    }

    private static void insertWhile(LabHost host, Direction lost, int id) {
        try (Connection connection = host.server().connect();
                Statement statement = connection.createStatement()) {
            connection.setNetworkTimeout(ForkJoinPool.commonPool(), (int) SHORT.toMillis());
            host.cutSql(lost);
            expectFailure("a statement while packets are lost " + lost, () -> insert(statement, id));
        } catch (SQLException e) {
            throw new CaseFailed("cannot connect to " + host + ": " + e.getMessage(), e);
        } finally {
            host.healNetwork();
        }
    }

    private static void insert(Statement statement, int id) {
        try {
            statement.execute("INSERT INTO test.t1 VALUES (" + id + ", 0, '')");
        } catch (SQLException e) {
            throw new LabException("INSERT " + id + ": " + e.getMessage(), e);
        }
    }

    private static boolean has(LabServer server, int id) {
        return server.value("SELECT id FROM test.t1 WHERE id = " + id).isPresent();
    }

    private static void frozen(LabHost host) {
        host.server().freeze();
        expect("a frozen server's port still accepts", sql(host) == PortState.ACCEPTS);
        expect("a frozen server runs", host.server().running());
        expectFailure("a query to a frozen server", () -> host.server().value("SELECT 1"));
        host.server().thaw();
        expect("a thawed server answers", host.server().value("SELECT 1").isPresent());
    }

    private void gone(Tree tree, LabHost host) {
        long pid = host.server().pid();
        try (SshClient client = SshClient.to(host, tree.loginKey())) {
            host.hostGone();
            expect("a gone host is silent by SSH", ssh(host) == PortState.SILENT);
            expect("a gone host is silent by SQL", sql(host) == PortState.SILENT);
            expectFailure("an open session to a gone host", () -> client.run("true", SHORT));
        }
        expect("a gone host's server is gone", ProcessHandle.of(pid).isEmpty());
        host.hostBack();
        Replication.of(host.server()).start();
        tree.source().sql("INSERT INTO test.t1 VALUES (1003, 0, '')");
        tree.awaitReplicated(LIMIT);
        try (SshClient client = SshClient.to(host, tree.loginKey())) {
            expect("SSH of a host that is back works", client.run("true", LIMIT).equals("0::"));
        }
    }

    private static PortState ssh(LabHost host) {
        return PortState.of(host.address(), host.sshPort());
    }

    private static PortState sql(LabHost host) {
        return PortState.of(host.address(), host.server().port());
    }

    private void expectSoon(String what, BooleanSupplier condition) {
        expect(what, waiter.until(waiter.in(LIMIT), condition));
    }

    private static void expect(String what, boolean truth) {
        if (!truth) {
            throw new CaseFailed("not so: " + what);
        }
    }

    private static void expectFailure(String what, Runnable work) {
        try {
            work.run();
        } catch (LabException e) {
            return;
        }
        throw new CaseFailed("succeeded and must not: " + what);
    }
}
