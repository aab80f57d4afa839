package io.mha4j.lab.bench;

import io.mha4j.archive.Archive;
import io.mha4j.archive.ArchiveName;
import io.mha4j.archive.BinlogRescue;
import io.mha4j.archive.LogPlace;
import io.mha4j.archive.RescueSettings;
import io.mha4j.base.Deadline;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.lab.base.Folders;
import io.mha4j.lab.base.LabException;
import io.mha4j.lab.check.Equality;
import io.mha4j.lab.level.LevelProgram;
import io.mha4j.lab.oracle.LogPrograms;
import io.mha4j.lab.server.LabServer;
import io.mha4j.lab.server.ServerKind;
import io.mha4j.lab.server.ServerStore;
import io.mha4j.lab.stage.ProgramRun;
import io.mha4j.lab.tree.Replication;
import io.mha4j.lab.tree.Tree;
import io.mha4j.lab.tree.TreeSpec;
import io.mha4j.remote.LocalHost;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Gives two equal replicas the same events: one follows a feed of them, the other gets them by {@code mysqlbinlog | mysql}.
 * Both write their binary logs, neither waits for disks.
 */
final class LevelBench {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final ServerKind kind;
    private final ApplyPipe pipe;
    private int archives;

    LevelBench(ServerKind kind) {
        this.kind = kind;
        this.pipe = new ApplyPipe(new LogPrograms(ServerStore.of(System.getenv(), System.err)), kind);
    }

    /** What is measured, and how many times as fast the feed has to be. */
    enum Load {
        SMALL("50 000 one-row transactions", "CALL test.small(50000)", 2),
        LARGE("one 200 MB transaction", "CALL test.large(20000)", 1);

        private final String words;
        private final String statement;
        private final double bar;

        Load(String words, String statement, double bar) {
            this.words = words;
            this.statement = statement;
            this.bar = bar;
        }
    }

    /** Whether the ratio of each load reaches its bar. */
    boolean run() {
        Path work = Folders.temporary();
        TreeSpec spec = TreeSpec.star(kind, 2).withOptions(Map.of(0, BigLog.FAST));
        try (Tree tree = Tree.start(spec, work.resolve("tree"))) {
            prepare(tree);
            Path conf = work.resolve("app1.cnf");
            tree.writeConfig(conf, Map.of(), Map.of());
            LevelProgram levelling = new LevelProgram(conf);
            boolean reached = true;
            for (Load load : Load.values()) {
                reached &= measure(tree, load, levelling, work);
            }
            return reached;
        } finally {
            Folders.delete(work);
        }
    }

    private static void prepare(Tree tree) {
        tree.source()
                .sql(
                        "CREATE TABLE test.l (id INT PRIMARY KEY AUTO_INCREMENT, n INT, pad LONGTEXT) ENGINE=InnoDB",
                        "CREATE PROCEDURE test.small(m INT) BEGIN DECLARE i INT DEFAULT 0; WHILE i < m DO INSERT INTO"
                                + " test.l (n, pad) VALUES (i, 'a row of a small transaction'); SET i = i + 1; END"
                                + " WHILE; END",
                        "CREATE PROCEDURE test.large(m INT) BEGIN DECLARE i INT DEFAULT 0; START TRANSACTION; WHILE i < m"
                                + " DO INSERT INTO test.l (n, pad) VALUES (i, REPEAT('q', 10000)); SET i = i + 1; END"
                                + " WHILE; COMMIT; END");
        tree.awaitReplicated(Duration.ofSeconds(60));
        tree.replicas().forEach(replica -> Replication.of(replica).stop());
    }

    private boolean measure(Tree tree, Load load, LevelProgram levelling, Path work) {
        LabServer source = tree.source();
        BinlogPosition from = Replication.of(source).end();
        write(source, load);
        Archive archive = save(source, from, work);
        double theirs = pipe.apply(archive, tree.replicas().get(1), work) / 1000.0;
        double ours = level(levelling, archive) / 1000.0;
        Equality equality = Equality.of(tree.replicas());
        if (!equality.holds()) {
            throw new LabException("the replicas are not equal:\n" + equality.sentence());
        }
        System.out.printf(
                "%-14s %-28s %8d KB   feed %7.2f s   %s %7.2f s   %5.1f times as fast (bar: %.0f)%n",
                kind, load.words, archive.bytes() / 1000, ours, pipe.words(), theirs, theirs / ours, load.bar);
        return theirs / ours >= load.bar;
    }

    /** More time than a client's socket usually gets. */
    private static void write(LabServer source, Load load) {
        try (Connection connection = source.connect();
                Statement statement = connection.createStatement()) {
            connection.setNetworkTimeout(Runnable::run, (int) LIMIT.toMillis());
            statement.execute(load.statement);
        } catch (SQLException e) {
            throw new LabException("cannot write " + load.words + ": " + e.getMessage(), e);
        }
    }

    private Archive save(LabServer source, BinlogPosition from, Path work) {
        archives++;
        RescueSettings settings = new RescueSettings(
                new ArchiveName(work.resolve("archive"), source.host(), source.port(), "2026010100000" + archives),
                "bench",
                Instant.EPOCH,
                SystemTime.SLEEPER,
                progress -> {});
        LogPlace place = new LogPlace(new LocalHost(), List.of(source.dataDir().toString()));
        return BinlogRescue.fromSource(settings, place, from, Deadline.in(LIMIT, SystemTime.TICKS));
    }

    private static long level(LevelProgram levelling, Archive archive) {
        try (ProgramRun program = levelling.start(archive, "server2", 0)) {
            program.await(Deadline.in(LIMIT, SystemTime.TICKS));
            LevelProgram.Outcome outcome = LevelProgram.outcome(program);
            if (!outcome.way().equals("by replication")) {
                throw new LabException("levelled " + outcome.way() + ": " + program.output());
            }
            return outcome.millis();
        }
    }
}
