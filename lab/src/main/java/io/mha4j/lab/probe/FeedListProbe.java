package io.mha4j.lab.probe;

import io.mha4j.archive.Archive;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.lab.cases.CaseFailed;
import io.mha4j.lab.cases.Probe;
import io.mha4j.lab.content.HardContent;
import io.mha4j.lab.level.LevelProgram;
import io.mha4j.lab.server.LabServer;
import io.mha4j.lab.stage.ProgramRun;
import io.mha4j.lab.tree.Replication;
import io.mha4j.lab.tree.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All hard content levelled by a feed, from a dead source whose log ends inside an event: on a parallel replica that is
 * semi-synchronous, on one that demands TLS of its source and is killed in the middle, on one with a row in the way.
 */
public final class FeedListProbe implements Probe {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    /** More than the event that ends a transaction, less than that and the one before. */
    private static final int TORN_BYTES = 40;

    private static final int LOOKS = 3;
    private static final String UNSEEN = "none of the configured servers answers";

    private final Checks checks = new Checks(System.out);

    @Override
    public void run(Tree tree, Path work) {
        LabServer source = tree.source();
        List<SpecialReplica> replicas =
                tree.replicas().stream().map(r -> new SpecialReplica(r, source)).toList();
        prepare(tree, replicas);
        BinlogPosition from = Replication.of(source).end();
        Goal goal = write(tree);
        Archive archive = SourceData.save(source, from, work.resolve("archive"));
        checks.same("end of what was saved", goal.end(), archive::end);
        System.out.println(archive.transactions() + " transactions, " + archive.bytes() + " bytes");
        Path conf = work.resolve("app1.cnf");
        tree.writeConfig(conf, Map.of("manager_workdir", work.toString()), Map.of());
        LevelProgram levelling = new LevelProgram(conf);
        checks.does("killed in the middle", () -> killedInTheMiddle(levelling, archive, "server3", tree));
        checks.does("row in the way", () -> rowInTheWay(levelling, archive, "server4", tree));
        for (int i = 0; i < replicas.size(); i++) {
            String section = "server" + (i + 2);
            checks.same("way of " + section, i == 0 ? "by replication" : "any", () -> way(levelling, archive, section));
            checks.same("once more", "had it already", () -> level(levelling, archive, section));
            verify(replicas.get(i).server(), goal, tree.spec().gtid());
            checks.same("settings of " + section, replicas.get(i).before(), replicas.get(i)::settings);
        }
        System.out.println("== " + checks.summary());
        if (checks.failed() > 0) {
            throw new CaseFailed(checks.summary() + "; the output says which");
        }
    }

    /** What the dead source can still tell all of. */
    private record Goal(Object tables, String executed, BinlogPosition end) {}

    private static void prepare(Tree tree, List<SpecialReplica> replicas) {
        tree.source().sql("CREATE TABLE test.late (id INT PRIMARY KEY) ENGINE=InnoDB");
        tree.awaitReplicated(Duration.ofSeconds(60));
        replicas.get(0).becomeParallel(tree.spec().gtid(), tree.spec().format());
        replicas.get(0).becomeSemiSync();
        replicas.get(1).demandTls();
        tree.awaitReplicated(Duration.ofSeconds(60));
        replicas.forEach(SpecialReplica::note);
        replicas.forEach(r -> Replication.of(r.server()).stopReceiving());
    }

    /** The last transaction is in the log without its end. */
    private static Goal write(Tree tree) {
        LabServer source = tree.source();
        HardContent content =
                HardContent.on(source, tree.spec().gtid(), tree.spec().format());
        List<String> names = content.names();
        names.subList(0, names.size() / 2).forEach(content::write);
        source.sql("INSERT INTO test.late VALUES (1), (2), (3)");
        names.subList(names.size() / 2, names.size()).forEach(content::write);
        Goal goal = new Goal(
                SourceData.tablesOf(source),
                FeedProbe.executed(source),
                Replication.of(source).end());
        source.sql("INSERT INTO test.late VALUES (100)");
        source.kill9();
        tear(source.dataDir().resolve(goal.end().file()));
        return goal;
    }

    private static void tear(Path log) {
        try (FileChannel file = FileChannel.open(log, StandardOpenOption.WRITE)) {
            file.truncate(file.size() - TORN_BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its server dies when everything was received and the first half is executed, and is started again. */
    private void killedInTheMiddle(LevelProgram levelling, Archive archive, String section, Tree tree) {
        LabServer replica = tree.replicas().get(1);
        try (Connection holder = replica.connect();
                Statement lock = holder.createStatement()) {
            lock.execute("LOCK TABLES test.late WRITE");
            try (ProgramRun program = levelling.start(archive, section, 0)) {
                ProbeTree.awaitTrue(LIMIT, () -> hasReceived(replica, archive.end()));
                replica.kill9();
                checks.holds("its levelling fails", () -> program.await(ProbeServer.in(120)) != 0);
            }
        } catch (SQLException e) {
            checks.note("the session that held the lock ended: " + e.getMessage());
        } finally {
            if (!replica.running()) {
                replica.start();
            }
        }
    }

    private static boolean hasReceived(LabServer replica, BinlogPosition end) {
        return Replication.of(replica)
                .status()
                .flatMap(Replication.Status::read)
                .filter(read -> read.isAtOrAfter(end))
                .isPresent();
    }

    /** The error is told with its number; without the row it goes on. */
    private void rowInTheWay(LevelProgram levelling, Archive archive, String section, Tree tree) {
        LabServer replica = tree.replicas().get(2);
        replica.sql("SET sql_log_bin=0", "INSERT INTO test.late VALUES (2)");
        try (ProgramRun program = levelling.start(archive, section, 0)) {
            checks.holds("its levelling fails", () -> program.await(ProbeServer.in(120)) != 0);
            checks.holds("1062 is told", () -> program.output().contains("1062"));
            checks.holds("nothing goes over SQL then", () -> !program.output().contains("over SQL"));
        }
        replica.sql("SET sql_log_bin=0", "DELETE FROM test.late WHERE id = 2");
    }

    /** How one became level; which way it was does not count for one that had trouble before. */
    private static String way(LevelProgram levelling, Archive archive, String section) {
        String way = level(levelling, archive, section);
        return section.equals("server2") || way.equals("by SQL") ? way : "any";
    }

    private static String level(LevelProgram levelling, Archive archive, String section) {
        return level(levelling, archive, section, LOOKS);
    }

    /** A look at the tree may be too slow on a busy machine; it changes nothing. */
    private static String level(LevelProgram levelling, Archive archive, String section, int looks) {
        try (ProgramRun program = levelling.start(archive, section, 0)) {
            program.await(ProbeServer.in(120));
            if (looks > 1 && program.output().contains(UNSEEN)) {
                return level(levelling, archive, section, looks - 1);
            }
            return LevelProgram.outcome(program).way();
        }
    }

    private void verify(LabServer replica, Goal goal, boolean gtid) {
        checks.same("tables of " + replica, goal.tables(), () -> SourceData.tablesOf(replica));
        checks.same("GTIDs of " + replica, goal.executed(), () -> FeedProbe.executed(replica));
        if (!gtid) {
            checks.same("position of " + replica, Optional.of(goal.end()), () -> Replication.of(replica)
                    .status()
                    .flatMap(Replication.Status::applied));
        }
    }
}
