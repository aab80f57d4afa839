package io.mha4j.lab.probe;

import io.mha4j.binlog.GtidSet;
import io.mha4j.binlog.Gtids;
import io.mha4j.binlog.MariadbGtids;
import io.mha4j.lab.level.CuttingHop;
import io.mha4j.mysql.MysqlException.Kind;
import io.mha4j.mysql.ReplicationControl;
import io.mha4j.mysql.SourceTarget;
import io.mha4j.topology.ReplicaStatus;
import java.net.InetSocketAddress;

/** Threads that start and stop, and waiting for what was received. */
final class ApplyProbe {
    private final ProbeTree tree;
    private final Checks checks;
    private final ProbeServer replica;

    ApplyProbe(ProbeTree tree, Checks checks) {
        this.tree = tree;
        this.checks = checks;
        this.replica = tree.first();
    }

    void run() {
        backlog(100);
        runningReceiverIsRefused();
        applierError();
        gtidWaits();
        endInsideTransaction();
        parallel();
    }

    /** Received but not executed rows are all there after the wait. */
    private void backlog(int firstId) {
        ReplicationControl control = replica.replication();
        checks.does("stop applier", () -> control.stopApplier(ProbeServer.in(10)));
        for (int id = firstId; id < firstId + 300; id += 10) {
            tree.insert(tree.source(), id, id + 9);
        }
        tree.awaitReceived(replica);
        checks.does("stop receiver", () -> control.stopReceiver(ProbeServer.in(10)));
        checks.does("start applier", () -> control.startApplier(ProbeServer.in(10)));
        checks.does("await applied", () -> control.awaitApplied(ProbeServer.in(20)));
        checks.same("rows are there", tree.rows(tree.source()), () -> tree.rows(replica));
        checks.does("stop both", () -> control.stopReplication(ProbeServer.in(10)));
        checks.does("start both", () -> control.startReplication(ProbeServer.in(10)));
    }

    private void runningReceiverIsRefused() {
        checks.refuses("awaiting while the receiver runs", Kind.OUTCOME, 0, 1, () -> replica.replication()
                .awaitApplied(ProbeServer.in(5)));
    }

    private void applierError() {
        ReplicationControl control = replica.replication();
        ProbeAccounts.writable(replica, "INSERT INTO probe.t VALUES (1000, 'errant')");
        control.stopApplier(ProbeServer.in(10));
        tree.insert(tree.source(), 1000, 1000);
        tree.awaitReceived(replica);
        control.stopReceiver(ProbeServer.in(10));
        checks.refuses("start applier into an error", Kind.REPLICATION, 1062, 5, () -> {
            control.startApplier(ProbeServer.in(5));
            control.awaitApplied(ProbeServer.in(5));
        });
        checks.refuses(
                "await applied with an error",
                Kind.REPLICATION,
                1062,
                1,
                () -> control.awaitApplied(ProbeServer.in(5)));
        checks.refuses("start both into an error", Kind.REPLICATION, 1062, 5, () -> {
            control.startReplication(ProbeServer.in(10));
        });
        if (tree.knowsGtids()) {
            checks.refuses(
                    "await GTIDs with an error",
                    Kind.REPLICATION,
                    1062,
                    3,
                    () -> control.awaitGtids(executed(tree.source()), ProbeServer.in(10)));
        }
        control.stopReplication(ProbeServer.in(10));
        ProbeAccounts.writable(replica, "DELETE FROM probe.t WHERE id = 1000");
        checks.does("start both when repaired", () -> control.startReplication(ProbeServer.in(10)));
        tree.awaitRows(replica, tree.rows(tree.source()));
    }

    private static Gtids executed(ProbeServer server) {
        return server.control().coordinates(ProbeServer.in(5)).executed().orElseThrow();
    }

    private void gtidWaits() {
        ReplicationControl control = replica.replication();
        if (!tree.knowsGtids()) {
            checks.refuses(
                    "await GTIDs where there are none",
                    Kind.OUTCOME,
                    0,
                    1,
                    () -> control.awaitGtids(
                            GtidSet.parse("3e11fa47-71ca-11e1-9e33-c80aa9429562:1"), ProbeServer.in(5)));
            return;
        }
        control.stopApplier(ProbeServer.in(5));
        tree.insert(tree.source(), 1100, 1150);
        Gtids target = executed(tree.source());
        checks.refuses(
                "await GTIDs with the applier stopped",
                Kind.OUTCOME,
                0,
                1,
                () -> control.awaitGtids(target, ProbeServer.in(5)));
        control.startApplier(ProbeServer.in(5));
        checks.does("await GTIDs", () -> control.awaitGtids(target, ProbeServer.in(10)));
        checks.same("rows are there", tree.rows(tree.source()), () -> tree.rows(replica));
        Gtids never = tree.mariadb()
                ? MariadbGtids.parse("0-1-999999999")
                : GtidSet.parse("3e11fa47-71ca-11e1-9e33-c80aa9429562:1");
        checks.refuses(
                "await GTIDs that never come",
                Kind.OUTCOME,
                0,
                2.7,
                () -> control.awaitGtids(never, ProbeServer.in(2.5)));
        checks.same("the session survives that", true, replica.session()::isOpen);
        Thread late = new Thread(() -> tree.insert(tree.source(), 1151, 1151), "late-insert");
        Gtids next =
                tree.mariadb() ? MariadbGtids.parse(after(target)) : GtidSet.parse(target + "," + afterMysql(target));
        late.start();
        checks.does("await a GTID that comes a little later", () -> control.awaitGtids(next, ProbeServer.in(10)));
    }

    private static String after(Gtids position) {
        String text = position.toString();
        int dash = text.lastIndexOf('-');
        return text.substring(0, dash + 1) + (Long.parseLong(text.substring(dash + 1)) + 1);
    }

    private static String afterMysql(Gtids set) {
        String text = set.toString();
        return text.substring(0, 36) + ":1-" + (Long.parseLong(text.substring(text.lastIndexOf('-') + 1)) + 1);
    }

    /** The relay log ends in the middle of a transaction; before it are some whole ones. */
    private void endInsideTransaction() {
        ReplicationControl control = replica.replication();
        control.stopReplication(ProbeServer.in(10));
        int before = tree.rows(tree.source());
        var start = tree.startAt(tree.source());
        tree.insert(tree.source(), 2000, 2000);
        InetSocketAddress source = new InetSocketAddress(
                tree.source().id().ip(), tree.source().id().port());
        try (CuttingHop proxy = new CuttingHop(source, cuts -> cuts == 0 ? 400_000 : 0)) {
            SourceTarget cut = ProbeTree.target(tree.source(), start);
            control.changeSource(
                    new SourceTarget("127.0.0.1", proxy.port(), cut.user(), cut.password(), start), ProbeServer.in(10));
            control.startReplication(ProbeServer.in(10));
            tree.insertBig(tree.source(), 2001, 1_000_000);
            ProbeTree.awaitTrue(() -> proxy.cuts() > 0);
            if (tree.knowsGtids()) {
                checks.refuses(
                        "await GTIDs that its source did not send whole",
                        Kind.REPLICATION,
                        -1,
                        20,
                        () -> control.awaitGtids(executed(tree.source()), ProbeServer.in(60)));
            }
            checks.does("stop a receiver whose source is gone", () -> control.stopReceiver(ProbeServer.in(10)));
        }
        ReplicaStatus status = control.status(ProbeServer.in(5)).orElseThrow();
        checks.note(
                "cut: read " + status.read() + ", applied " + status.applied() + ", retrieved " + status.retrieved());
        checks.does("await applied up to the cut", () -> control.awaitApplied(ProbeServer.in(10)));
        checks.same("whole transactions are there", before + 1, () -> tree.rows(replica));
        backToSource();
    }

    private void backToSource() {
        ReplicationControl control = replica.replication();
        ReplicaStatus status = control.status(ProbeServer.in(5)).orElseThrow();
        SourceTarget.Start start = tree.gtids()
                ? new SourceTarget.Start.AutoPosition()
                : new SourceTarget.Start.FilePosition(status.applied().orElseThrow());
        checks.does(
                "change back to the source after a cut",
                () -> control.changeSource(ProbeTree.target(tree.source(), start), ProbeServer.in(10)));
        checks.does("start again after a cut", () -> control.startReplication(ProbeServer.in(10)));
        tree.awaitRows(replica, tree.rows(tree.source()));
    }

    private void parallel() {
        String variable = tree.mariadb()
                ? "slave_parallel_threads"
                : tree.version().isMysqlFrom(8, 0, 26) ? "replica_parallel_workers" : "slave_parallel_workers";
        if (!tree.mariadb() && !tree.version().isMysqlFrom(5, 6, 0)) {
            return;
        }
        ReplicationControl control = replica.replication();
        String before = replica.value("SELECT @@global." + variable);
        control.stopReplication(ProbeServer.in(10));
        replica.sql("SET GLOBAL " + variable + "=" + (before.equals("4") ? "0" : "4"));
        control.startReplication(ProbeServer.in(10));
        checks.note(variable + " " + before + " -> " + replica.value("SELECT @@global." + variable));
        backlog(3000);
        endInsideTransactionAgain();
        control.stopReplication(ProbeServer.in(10));
        replica.sql("SET GLOBAL " + variable + "=" + before);
        control.startReplication(ProbeServer.in(10));
    }

    private void endInsideTransactionAgain() {
        tree.source().sql("DELETE FROM probe.t WHERE id BETWEEN 2000 AND 2999");
        tree.awaitRows(replica, tree.rows(tree.source()));
        endInsideTransaction();
    }
}
