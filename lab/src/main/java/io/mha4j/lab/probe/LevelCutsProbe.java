package io.mha4j.lab.probe;

import io.mha4j.archive.Archive;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.lab.cases.CaseFailed;
import io.mha4j.lab.cases.Probe;
import io.mha4j.lab.level.LevelProgram;
import io.mha4j.lab.server.LabServer;
import io.mha4j.lab.server.ServerKind;
import io.mha4j.lab.stage.ProgramRun;
import io.mha4j.lab.tree.Replication;
import io.mha4j.lab.tree.Tree;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Random;

/**
 * Levelling by a feed, cut off and begun again until it is done, on one replica after the other: on the first when everything
 * was received and little of it executed, on the others at random moments.
 */
public final class LevelCutsProbe implements Probe {
    private static final int KILLS = 5;
    private static final int BREAKS = 3;
    private static final int MOST_MILLIS = 1500;
    private static final String RETRY = "13";
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Checks checks = new Checks(System.out);
    private final long seed = System.nanoTime();
    private final Random luck = new Random(seed);
    private int cuts;

    @Override
    public void run(Tree tree, Path work) {
        System.out.println("seed " + seed);
        LabServer source = tree.source();
        prepare(tree);
        BinlogPosition from = Replication.of(source).end();
        write(source);
        Object goal = SourceData.tablesOf(source);
        String executed = FeedProbe.executed(source);
        source.kill9();
        Archive archive = SourceData.save(source, from, work.resolve("archive"));
        System.out.println(archive.transactions() + " transactions, " + archive.bytes() + " bytes");
        Path conf = work.resolve("app1.cnf");
        tree.writeConfig(conf, Map.of("manager_workdir", work.toString()), Map.of());
        LevelProgram levelling = new LevelProgram(conf);
        for (int i = 0; i < tree.replicas().size(); i++) {
            LabServer replica = tree.replicas().get(i);
            String section = "server" + (i + 2);
            if (i == 0) {
                killWhenAllIsReceived(levelling, archive, section, replica);
            } else {
                levelWithCuts(levelling, archive, section);
            }
            checks.same("levelled again", "had it already", () -> run(levelling, archive, section, 0));
            checks.same("tables of " + replica, goal, () -> SourceData.tablesOf(replica));
            checks.same("MASTER_CONNECT_RETRY of " + replica, RETRY, () -> retry(replica));
            checks.same("source of " + replica, source.host() + ":" + source.port(), () -> followed(replica));
            checks.same("GTIDs of " + replica, executed, () -> FeedProbe.executed(replica));
            if (!tree.spec().gtid()) {
                checks.same("position of " + replica, archive.end(), () -> position(replica));
            }
        }
        checks.holds("at least four cuts: " + cuts, () -> cuts >= 4);
        System.out.println("== " + cuts + " cuts, " + checks.summary());
        if (checks.failed() > 0) {
            throw new CaseFailed(checks.summary() + "; the output says which");
        }
    }

    /** Tables, a stored procedure, and replicas that receive nothing any more. */
    private static void prepare(Tree tree) {
        tree.source()
                .sql(
                        "CREATE TABLE test.c (id INT PRIMARY KEY AUTO_INCREMENT, n INT, pad LONGTEXT) ENGINE=InnoDB",
                        "CREATE TABLE test.sum (id INT PRIMARY KEY, n INT) ENGINE=InnoDB",
                        "INSERT INTO test.sum VALUES (1, 0)",
                        "CREATE PROCEDURE test.fill(m INT) BEGIN DECLARE i INT DEFAULT 0; WHILE i < m DO START"
                                + " TRANSACTION; INSERT INTO test.c (n, pad) VALUES (i, REPEAT('p', 200)); UPDATE test.sum"
                                + " SET n = n + 1; COMMIT; SET i = i + 1; END WHILE; END",
                        "CREATE PROCEDURE test.large(m INT) BEGIN DECLARE i INT DEFAULT 0; START TRANSACTION; WHILE i < m"
                                + " DO INSERT INTO test.c (n, pad) VALUES (i, REPEAT('q', 10000)); SET i = i + 1; END"
                                + " WHILE; UPDATE test.sum SET n = n + 1; COMMIT; END");
        tree.awaitReplicated(Duration.ofSeconds(60));
        tree.replicas().forEach(LevelCutsProbe::makePeculiar);
    }

    /** With a setting that must still be there afterwards. */
    private static void makePeculiar(LabServer replica) {
        Replication replication = Replication.of(replica);
        replication.stop();
        replica.sql(
                newWords(replica)
                        ? "CHANGE REPLICATION SOURCE TO SOURCE_CONNECT_RETRY=" + RETRY
                        : "CHANGE MASTER TO MASTER_CONNECT_RETRY=" + RETRY);
        replication.start();
        replication.stopReceiving();
    }

    private static String followed(LabServer replica) {
        return Replication.of(replica).status().map(Replication.Status::source).orElse("nobody");
    }

    private static String retry(LabServer replica) {
        return replica.row(newWords(replica) ? "SHOW REPLICA STATUS" : "SHOW SLAVE STATUS")
                .map(status -> status.get("Connect_Retry"))
                .orElse("no replica");
    }

    private static boolean newWords(LabServer server) {
        return server.kind() == ServerKind.MYSQL_9_7;
    }

    /** Many small transactions, between them two that are cut in the middle more often than not. */
    private static void write(LabServer source) {
        source.sql(
                "SET GLOBAL sync_binlog=0",
                "SET GLOBAL innodb_flush_log_at_trx_commit=0",
                "CALL test.fill(2500)",
                "CALL test.large(700)",
                "FLUSH LOGS",
                "CALL test.fill(2500)",
                "CALL test.large(700)",
                "CALL test.fill(1000)");
    }

    private static BinlogPosition position(LabServer replica) {
        return Replication.of(replica)
                .status()
                .flatMap(Replication.Status::applied)
                .orElseThrow();
    }

    private void levelWithCuts(LevelProgram levelling, Archive archive, String section) {
        boolean done = false;
        for (int i = 0; i < KILLS && !done; i++) {
            done = startAndKill(levelling, archive, section);
        }
        if (!done) {
            checks.does("levelling with broken connections", () -> run(levelling, archive, section, BREAKS));
        }
    }

    /** It executes the rest while nobody levels it any more, and still follows what is gone. */
    private void killWhenAllIsReceived(LevelProgram levelling, Archive archive, String section, LabServer replica) {
        try (Connection holder = replica.connect();
                Statement lock = holder.createStatement()) {
            lock.execute("LOCK TABLES test.c WRITE");
            try (ProgramRun program = levelling.start(archive, section, 0)) {
                ProbeTree.awaitTrue(LIMIT, () -> hasReceived(replica, archive.end()));
                program.kill();
                cuts++;
            }
        } catch (SQLException e) {
            throw new CaseFailed("cannot lock a table of " + replica + ": " + e.getMessage(), e);
        }
    }

    private static boolean hasReceived(LabServer replica, BinlogPosition end) {
        return Replication.of(replica)
                .status()
                .flatMap(Replication.Status::read)
                .filter(read -> read.isAtOrAfter(end))
                .isPresent();
    }

    /** True when it was done before it could be killed. */
    private boolean startAndKill(LevelProgram levelling, Archive archive, String section) {
        try (ProgramRun program = levelling.start(archive, section, 0)) {
            ProbeTree.awaitTrue(LIMIT, () -> !program.running() || LevelProgram.levels(program));
            pause(Duration.ofMillis(luck.nextInt(MOST_MILLIS)));
            if (program.running()) {
                program.kill();
                cuts++;
                return false;
            }
            LevelProgram.outcome(program);
            return true;
        }
    }

    /** How it became level. */
    private String run(LevelProgram levelling, Archive archive, String section, int breaks) {
        try (ProgramRun program = levelling.start(archive, section, breaks)) {
            program.await(ProbeServer.in(120));
            LevelProgram.Outcome outcome = LevelProgram.outcome(program);
            cuts += outcome.broken();
            return outcome.way();
        }
    }

    private static void pause(Duration time) {
        try {
            ProbeServer.SLEEPER.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
