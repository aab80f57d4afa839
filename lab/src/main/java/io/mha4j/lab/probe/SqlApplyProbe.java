package io.mha4j.lab.probe;

import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.GtidSet;
import io.mha4j.binlog.Gtids;
import io.mha4j.config.ServerSettings;
import io.mha4j.lab.cases.CaseFailed;
import io.mha4j.lab.cases.Probe;
import io.mha4j.lab.check.Equality;
import io.mha4j.lab.content.HardContent;
import io.mha4j.lab.server.Account;
import io.mha4j.lab.server.LabServer;
import io.mha4j.lab.server.ServerKind;
import io.mha4j.lab.tree.Replication;
import io.mha4j.lab.tree.Tree;
import io.mha4j.mysql.ServerSession;
import io.mha4j.mysql.apply.Applied;
import io.mha4j.mysql.apply.ApplyException;
import io.mha4j.mysql.apply.ApplyOptions;
import io.mha4j.mysql.apply.EventApplier;
import io.mha4j.mysql.apply.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Events applied over SQL: all hard content, by a replica that was stopped before it; then what may go wrong, and that the
 * server's own replication goes on from there.
 */
public final class SqlApplyProbe implements Probe {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String FALLEN = "'fallen'@'%'";

    private final Checks checks = new Checks(System.out);

    @Override
    public void run(Tree tree, Path work) {
        LabServer replica = tree.replicas().get(0);
        Replication.of(replica).stop();
        try (ServerSession session = ServerSession.open(
                settings(replica, Account.ROOT.user(), Account.ROOT.password()), ProbeServer.in(5))) {
            Side side = new Side(tree, replica, session);
            BinlogPosition start = side.sourceEnd();
            write(side);
            checks.does("apply hard content", () -> applyAll(side, start));
            if (side.knows("super_read_only")) {
                checks.does("settings that cannot be put back", () -> leftChanged(side));
                replica.sql("SET GLOBAL super_read_only=0");
            }
            if (tree.spec().gtid()) {
                checks.does("apply it once more", () -> again(side, start));
            }
            checks.does("conflicting row", () -> conflict(side));
            checks.does("open transaction", () -> openTransaction(side));
            checks.does("replication goes on", () -> goOn(side));
        }
        System.out.println("== " + checks.summary());
        if (checks.failed() > 0) {
            throw new CaseFailed(checks.summary() + "; the output says which");
        }
    }

    private static ServerSettings settings(LabServer server, String user, String password) {
        return ProbeServer.settings(1, server.host(), server.port(), user, password);
    }

    /** The two servers. */
    private record Side(Tree tree, LabServer replica, ServerSession session) {
        BinlogPosition sourceEnd() {
            return Replication.of(tree.source()).end();
        }

        Applied apply(BinlogPosition from, BinlogPosition to, Progress progress) {
            return apply(session, from, to, progress);
        }

        Applied apply(ServerSession by, BinlogPosition from, BinlogPosition to, Progress progress) {
            try (LogFileCursor cursor = new LogFileCursor(tree.source().dataDir(), from, to)) {
                Optional<Gtids> executed = tree.spec().gtid() ? executed() : Optional.empty();
                return new EventApplier(by, ApplyOptions.LOGGED).apply(cursor, executed, progress, ProbeServer.in(120));
            }
        }

        Optional<Gtids> executed() {
            return session.facts(ProbeServer.in(5)).executed();
        }

        String value(LabServer server, String sql) {
            return server.value(sql).orElse("NULL");
        }

        String superReadOnly() {
            return value(replica, "SELECT @@global.super_read_only");
        }

        /** That were made or tried so far. */
        long logins() {
            return Long.parseLong(replica.row("SHOW GLOBAL STATUS LIKE 'Connections'")
                    .orElseThrow()
                    .get("Value"));
        }

        boolean knows(String variable) {
            return replica.row("SHOW GLOBAL VARIABLES LIKE '" + variable + "'").isPresent();
        }

        boolean mysqlGtids() {
            return tree.spec().gtid() && !tree.spec().kind().isMariadb();
        }
    }

    /** What the applier told of its progress. */
    private static class Told implements Progress {
        private final Side side;
        private long transactions;
        /** {@code super_read_only} when everything was applied. */
        private String atTheEnd = "";

        Told(Side side) {
            this.side = side;
        }

        @Override
        public void reached(Applied applied) {
            transactions = applied.transactions();
        }

        @Override
        public void done() {
            if (side.knows("super_read_only")) {
                atTheEnd = side.superReadOnly();
            }
        }
    }

    private void write(Side side) {
        HardContent content = HardContent.on(
                side.tree().source(),
                side.tree().spec().gtid(),
                side.tree().spec().format());
        for (String name : content.names()) {
            BinlogPosition at = side.sourceEnd();
            System.out.println("        " + at + " " + name);
            content.write(name);
        }
    }

    private void applyAll(Side side, BinlogPosition start) {
        if (side.knows("super_read_only")) {
            side.replica().sql("SET GLOBAL read_only=1, GLOBAL super_read_only=1");
        }
        String packet = side.value(side.replica(), "SELECT @@global.max_allowed_packet");
        String files = side.value(side.replica(), "SELECT @@global.local_infile");
        BinlogPosition end = side.sourceEnd();
        Told told = new Told(side);
        long logins = side.logins();
        long began = System.nanoTime();
        Applied applied = side.apply(start, end, told);
        checks.note(applied + " in " + (System.nanoTime() - began) / 1_000_000 + " ms, " + (side.logins() - logins)
                + " logins");
        checks.same("end position", Optional.of(end), applied::end);
        checks.same("progress was told of each", applied.transactions(), () -> told.transactions);
        checks.same(
                "max_allowed_packet is back",
                packet,
                () -> side.value(side.replica(), "SELECT @@global.max_allowed_packet"));
        checks.same("local_infile is back", files, () -> side.value(side.replica(), "SELECT @@global.local_infile"));
        checks.same("nothing is left changed", List.of(), applied::leftChanged);
        if (side.knows("super_read_only")) {
            checks.same("super_read_only is back", "1", side::superReadOnly);
            checks.same("before that its end was told", "0", () -> told.atTheEnd);
        }
        equal(side);
        gtids(side);
    }

    /** The account loses its rights when everything is committed. */
    private void leftChanged(Side side) {
        side.replica()
                .sql(
                        "SET sql_log_bin=0",
                        "SET GLOBAL super_read_only=0",
                        "CREATE USER " + FALLEN + " IDENTIFIED BY 'fallen'",
                        "GRANT ALL ON *.* TO " + FALLEN,
                        "SET GLOBAL super_read_only=1");
        BinlogPosition start = side.sourceEnd();
        side.tree().source().sql("INSERT INTO test.t1 VALUES (401, 1, 'settings')");
        Told told = new Told(side) {
            @Override
            public void done() {
                super.done();
                side.replica().sql("SET sql_log_bin=0", "REVOKE ALL, GRANT OPTION FROM " + FALLEN);
            }
        };
        try (ServerSession session =
                ServerSession.open(settings(side.replica(), "fallen", "fallen"), ProbeServer.in(5))) {
            Applied applied = side.apply(session, start, side.sourceEnd(), told);
            checks.note(applied.toString());
            checks.same("it is applied", 1L, applied::transactions);
            checks.same("settings left", 1, () -> applied.leftChanged().size());
            checks.holds("it is named", () -> applied.leftChanged().get(0).contains("SET GLOBAL super_read_only=ON"));
        }
        checks.same("super_read_only is as it was at the end", told.atTheEnd, side::superReadOnly);
        side.replica().sql("SET sql_log_bin=0", "DROP USER " + FALLEN);
        equal(side);
    }

    private void equal(Side side) {
        Equality equality = Equality.of(List.of(side.tree().source(), side.replica()));
        checks.holds("tables are equal", equality::holds);
        if (!equality.holds()) {
            differences(equality);
        }
        for (String what : List.of(
                "SELECT GROUP_CONCAT(routine_name, routine_definition ORDER BY 1) FROM information_schema.routines"
                        + " WHERE routine_schema='test'",
                "SELECT GROUP_CONCAT(trigger_name, action_statement ORDER BY 1) FROM information_schema.triggers"
                        + " WHERE trigger_schema='test'",
                "SELECT CRC32(GROUP_CONCAT(table_name, table_collation ORDER BY 1)) FROM information_schema.tables"
                        + " WHERE table_schema='test'")) {
            checks.same("definitions", side.value(side.tree().source(), what), () -> side.value(side.replica(), what));
        }
    }

    private void differences(Equality equality) {
        var both = List.copyOf(equality.fingerprints().values());
        both.get(0).tables().forEach((name, table) -> {
            if (!table.equals(both.get(1).tables().get(name))) {
                checks.note(name + ": " + table + ", replica "
                        + both.get(1).tables().get(name));
            }
        });
    }

    private void gtids(Side side) {
        if (side.mysqlGtids()) {
            GtidSet source = GtidSet.parse(side.value(side.tree().source(), "SELECT @@global.gtid_executed"));
            checks.same(
                    "gtid_executed",
                    source,
                    () -> GtidSet.parse(side.value(side.replica(), "SELECT @@global.gtid_executed")));
        } else if (side.tree().spec().kind().isMariadb()) {
            String source = side.value(side.tree().source(), "SELECT @@global.gtid_binlog_pos");
            checks.same("gtid_slave_pos", source, () -> side.value(side.replica(), "SELECT @@global.gtid_slave_pos"));
            checks.same("gtid_binlog_pos", source, () -> side.value(side.replica(), "SELECT @@global.gtid_binlog_pos"));
        }
    }

    private void again(Side side, BinlogPosition start) {
        Applied applied = side.apply(start, side.sourceEnd(), Progress.NONE);
        checks.same("nothing is applied twice", 0L, applied::transactions);
        checks.holds("all are skipped", () -> applied.skipped() > 0);
        equal(side);
    }

    private void conflict(Side side) {
        BinlogPosition start = side.sourceEnd();
        side.tree().source().sql("INSERT INTO test.t1 VALUES (501, 1, 'before')");
        BinlogPosition before = side.sourceEnd();
        side.tree().source().sql("INSERT INTO test.t1 VALUES (502, 2, 'both')");
        side.tree().source().sql("INSERT INTO test.t1 VALUES (503, 3, 'after')");
        BinlogPosition end = side.sourceEnd();
        side.replica().sql("SET sql_log_bin=0", "INSERT INTO test.t1 VALUES (502, 2, 'errant')");
        ApplyException failure = failure(side, start, end);
        checks.note(failure.getMessage());
        checks.same("error", 1062, failure::errorCode);
        checks.same("last commit", Optional.of(before), failure::lastCommit);
        checks.same(
                "the row before is there",
                "1",
                () -> side.value(side.replica(), "SELECT COUNT(*) FROM test.t1 WHERE id=501"));
        checks.same(
                "the row behind is not",
                "0",
                () -> side.value(side.replica(), "SELECT COUNT(*) FROM test.t1 WHERE id=503"));
        side.replica().sql("SET sql_log_bin=0", "DELETE FROM test.t1 WHERE id=502");
        Applied rest = side.apply(failure.lastCommit().orElseThrow(), end, Progress.NONE);
        checks.same("the rest", 2L, rest::transactions);
        equal(side);
        gtids(side);
    }

    private static ApplyException failure(Side side, BinlogPosition from, BinlogPosition to) {
        try {
            Applied applied = side.apply(from, to, Progress.NONE);
            throw new IllegalStateException("no failure: " + applied);
        } catch (ApplyException e) {
            return e;
        }
    }

    /** The log ends before the last transaction's commit. */
    private void openTransaction(Side side) {
        BinlogPosition start = side.sourceEnd();
        side.tree().source().sql("INSERT INTO test.t1 VALUES (601, 1, 'whole')");
        BinlogPosition whole = side.sourceEnd();
        side.tree().source().sql("INSERT INTO test.t1 VALUES (602, 1, 'open')");
        BinlogPosition end = side.sourceEnd();
        int commit = side.tree().spec().kind() == ServerKind.MYSQL_5_5 ? 27 : 31;
        BinlogPosition cut = new BinlogPosition(end.file(), end.offset() - commit);
        Applied applied = side.apply(start, cut, Progress.NONE);
        checks.same("end of the whole one", Optional.of(whole), applied::end);
        checks.same("open at the end", true, applied::openAtEnd);
        checks.same(
                "its row is not there",
                "0",
                () -> side.value(side.replica(), "SELECT COUNT(*) FROM test.t1 WHERE id=602"));
        side.apply(whole, end, Progress.NONE);
        equal(side);
        gtids(side);
    }

    private void goOn(Side side) {
        Replication replication = Replication.of(side.replica());
        if (side.tree().spec().gtid()) {
            replication.followByGtid(side.tree().source());
        } else {
            replication.follow(side.tree().source(), side.sourceEnd());
        }
        replication.start();
        side.tree().source().sql("INSERT INTO test.t1 VALUES (701, 1, 'replicated')");
        side.tree().awaitReplicated(LIMIT);
        equal(side);
    }
}
