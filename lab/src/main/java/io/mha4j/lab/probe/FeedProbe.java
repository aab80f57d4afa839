package io.mha4j.lab.probe;

import io.mha4j.archive.Archive;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.GtidSet;
import io.mha4j.binlog.MariadbGtids;
import io.mha4j.feed.Feed;
import io.mha4j.feed.FeedIdentity;
import io.mha4j.lab.cases.CaseFailed;
import io.mha4j.lab.cases.Probe;
import io.mha4j.lab.server.Account;
import io.mha4j.lab.server.LabServer;
import io.mha4j.lab.tree.Replication;
import io.mha4j.lab.tree.Tree;
import io.mha4j.mysql.SourceTarget;
import io.mha4j.mysql.SourceTarget.Link;
import io.mha4j.mysql.SourceTarget.Start;
import io.mha4j.topology.ReplicaStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Two replicas stop receiving at different moments, the source writes on and is killed; both are brought level at once
 * by a feed of its binary logs, and must then hold what the source held, and be where it was.
 */
public final class FeedProbe implements Probe {
    /** Enough for 400 transactions, each written through to the disk, on a busy machine. */
    private static final Duration LEVELLING = Duration.ofSeconds(90);

    private final Checks checks = new Checks(System.out);

    @Override
    public void run(Tree tree, Path work) {
        List<ProbeServer> replicas =
                tree.replicas().stream().map(FeedProbe::probe).toList();
        FeedWrites writes = new FeedWrites(tree);
        writes.first();
        tree.awaitReplicated(Duration.ofSeconds(60));
        replicas.get(1).replication().stopReceiver(ProbeServer.in(20));
        writes.second();
        replicas.get(0).replication().stopReceiver(ProbeServer.in(20));
        writes.third();
        Goal goal = Goal.of(tree);
        tree.source().kill9();
        replicas.forEach(r -> r.replication().awaitApplied(ProbeServer.in(60)));
        Archive archive = archive(tree.source(), replicas, work);
        System.out.println("archive from " + archive.start() + " to " + archive.end() + ", "
                + archive.pieces().size() + " pieces, " + archive.events() + " events");
        List<Long> logged = tree.replicas().stream().map(FeedProbe::logSize).toList();
        Set<String> usual = tree.replicas().stream()
                .flatMap(r -> warnings(r, 0))
                .map(FeedProbe::kind)
                .collect(Collectors.toSet());
        level(tree, replicas, archive, goal);
        for (int i = 0; i < replicas.size(); i++) {
            verify(tree.replicas().get(i), goal, usual, logged.get(i));
        }
        replicas.forEach(ProbeServer::close);
        System.out.println("== " + checks.summary());
        if (checks.failed() > 0) {
            throw new CaseFailed(checks.summary() + "; the output says which");
        }
    }

    /** What the source was just before it died. */
    private record Goal(String uuid, Object tables, String executed, BinlogPosition end) {
        static Goal of(Tree tree) {
            LabServer source = tree.source();
            boolean named = !source.kind().isMariadb() && source.kind().knowsGtids();
            return new Goal(
                    named
                            ? source.value("SELECT @@global.server_uuid").orElseThrow()
                            : "11111111-2222-3333-4444-555555555555",
                    SourceData.tablesOf(source),
                    FeedProbe.executed(source),
                    Replication.of(source).end());
        }
    }

    private static ProbeServer probe(LabServer server) {
        return new ProbeServer(
                ProbeServer.settings(
                        server.spec().serverId(),
                        server.host(),
                        server.port(),
                        Account.ROOT.user(),
                        Account.ROOT.password()),
                server.pid(),
                "");
    }

    /** Text of what was executed in GTIDs, empty without any. */
    static String executed(LabServer server) {
        if (!server.kind().knowsGtids()) {
            return "";
        }
        return server.kind().isMariadb()
                ? MariadbGtids.parse(
                                server.value("SELECT @@global.gtid_binlog_pos").orElse(""))
                        .toString()
                : GtidSet.parse(server.value("SELECT @@global.gtid_executed").orElse(""))
                        .toString();
    }

    /** From the replica that has least. */
    private static Archive archive(LabServer source, List<ProbeServer> replicas, Path work) {
        BinlogPosition from = replicas.stream()
                .map(r -> status(r).applied().orElseThrow())
                .min(Comparator.naturalOrder())
                .orElseThrow();
        return HandArchive.of(source.dataDir(), from, work, source.spec().serverId());
    }

    private static ReplicaStatus status(ProbeServer replica) {
        return replica.replication().status(ProbeServer.in(5)).orElseThrow();
    }

    private void level(Tree tree, List<ProbeServer> replicas, Archive archive, Goal goal) {
        LabServer source = tree.source();
        Optional<String> mode = source.kind().isMariadb() || !source.kind().knowsGtids()
                ? Optional.empty()
                : Optional.of(tree.spec().gtid() ? "ON" : "OFF");
        FeedIdentity identity = new FeedIdentity(source.spec().serverId(), goal.uuid(), mode, Set.of());
        try (Feed feed = Feed.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                archive,
                identity,
                new Feed.Time(ProbeServer.TICKS, InstantSource.system()))) {
            for (ProbeServer replica : replicas) {
                checks.does("point " + replica.id().ip() + " at the feed", () -> {
                    replica.replication().changeSource(target(tree, replica, feed), ProbeServer.in(30));
                    replica.replication().startReplication(ProbeServer.in(30));
                });
            }
            for (ProbeServer replica : replicas) {
                checks.does("level " + replica.id().ip(), () -> awaitEnd(replica, archive.end()));
            }
            // Long enough for signs of life, which must not upset the replica.
            checks.does("stay a while", () -> ProbeTree.awaitTrue(new Elapsed(Duration.ofMillis(2500))));
            for (ProbeServer replica : replicas) {
                checks.same("receiver of " + replica.id().ip(), "Yes 0", () -> {
                    ReplicaStatus.ThreadState receiver = status(replica).receiver();
                    return receiver.word() + " " + receiver.errorCode();
                });
            }
            feed.progress().forEach(p -> System.out.println(p));
            checks.same("problems of the feed", Optional.empty(), feed::lastProblem);
            replicas.forEach(r -> r.replication().stopReplication(ProbeServer.in(30)));
        }
    }

    /** True when a time has passed since its making. */
    private record Elapsed(long end) implements BooleanSupplier {
        Elapsed(Duration time) {
            this(System.nanoTime() + time.toNanos());
        }

        @Override
        public boolean getAsBoolean() {
            return System.nanoTime() - end >= 0;
        }
    }

    private static SourceTarget target(Tree tree, ProbeServer replica, Feed feed) {
        Start start = tree.spec().gtid()
                ? new Start.AutoPosition()
                : new Start.FilePosition(status(replica).applied().orElseThrow());
        return new SourceTarget(
                        "127.0.0.1",
                        feed.port(),
                        feed.account().user(),
                        Optional.of(feed.account().password()),
                        start)
                .with(Link.FOR_LEVELLING);
    }

    private static void awaitEnd(ProbeServer replica, BinlogPosition end) {
        ProbeTree.awaitTrue(LEVELLING, () -> {
            ReplicaStatus status = status(replica);
            if (status.applier().errorCode() != 0) {
                throw new IllegalStateException(status.applier().error());
            }
            return status.applied().filter(at -> at.isAtOrAfter(end)).isPresent();
        });
    }

    private void verify(LabServer server, Goal goal, Set<String> usual, long logged) {
        checks.same("tables of " + server, goal.tables(), () -> SourceData.tablesOf(server));
        checks.same("GTIDs of " + server, goal.executed(), () -> executed(server));
        checks.same("position of " + server, goal.end(), () -> Replication.of(server)
                .status()
                .flatMap(Replication.Status::applied)
                .orElseThrow());
        checks.same("warnings of " + server, List.of(), () -> warnings(server, logged)
                .filter(line -> !usual.contains(kind(line)))
                .toList());
    }

    private static long logSize(LabServer server) {
        try {
            return Files.size(server.errorLog());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * From an offset of its error log on. What replicas said of their real source, which they followed and left in the same way
     * before, is usual; which of them says it is chance.
     */
    private static Stream<String> warnings(LabServer server, long from) {
        try {
            byte[] all = Files.readAllBytes(server.errorLog());
            return new String(all, (int) from, all.length - (int) from, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.contains("[Warning]") || line.contains("[ERROR]"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A message without its time, its numbers and the names in it. */
    private static String kind(String line) {
        return line.replaceFirst(".*?\\[(?=Warning|ERROR)", "")
                .replaceAll("'[^']*'", "''")
                .replaceAll("\\d+", "#");
    }
}
