package io.mha4j.lab.bench;

import io.mha4j.binlog.TransactionReader;
import io.mha4j.lab.base.Folders;
import io.mha4j.lab.base.LabException;
import io.mha4j.lab.oracle.LogPrograms;
import io.mha4j.lab.oracle.ScannedLog;
import io.mha4j.lab.server.LabServer;
import io.mha4j.lab.server.ServerKind;
import io.mha4j.lab.server.ServerStore;
import io.mha4j.lab.tree.Replication;
import io.mha4j.lab.tree.Tree;
import io.mha4j.lab.tree.TreeSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads one large binary log of one-row transactions, by the manager's scanner and by the server's own program. */
final class ScanBench {
    private static final double BAR = 10;
    private static final int ROUNDS = 3;
    private final ServerKind kind;
    private final int megabytes;
    private final LogPrograms programs;

    ScanBench(ServerKind kind, int megabytes) {
        this.kind = kind;
        this.megabytes = megabytes;
        this.programs = new LogPrograms(ServerStore.of(System.getenv(), System.err));
    }

    /** Whether the ratio reaches the bar. */
    boolean run() {
        Path work = Folders.temporary();
        try {
            Path log = makeLog(work);
            return measure(log);
        } finally {
            Folders.delete(work);
        }
    }

    private Path makeLog(Path work) {
        TreeSpec spec = TreeSpec.star(kind, 1).withOptions(Map.of(1, BigLog.FAST));
        try (Tree tree = Tree.start(spec, work.resolve("tree"))) {
            Replication.of(tree.replicas().get(0)).stop();
            LabServer source = tree.source();
            BigLog.write(source, megabytes);
            source.sql("FLUSH LOGS");
            Path log = work.resolve("bench.000001");
            Files.move(source.dataDir().resolve("mysql-bin.000001"), log);
            return log;
        } catch (IOException e) {
            throw new LabException("cannot take the binary log: " + e.getMessage(), e);
        }
    }

    private boolean measure(Path log) {
        long ours = Long.MAX_VALUE;
        long theirs = Long.MAX_VALUE;
        // Turn by turn and the best of each: whatever else runs here disturbs both.
        for (int round = 0; round < ROUNDS; round++) {
            ours = Math.min(ours, scan(log));
            theirs = Math.min(theirs, program(programs.argv(kind, log)));
        }
        double ratio = (double) theirs / ours;
        System.out.printf(
                "scan %.2f s, %s %.2f s: %.1f times as fast (bar: %.0f)%n",
                ours / 1e9, kind.isMariadb() ? "mariadb-binlog" : "mysqlbinlog", theirs / 1e9, ratio, BAR);
        return ratio >= BAR;
    }

    private static long scan(Path log) {
        long start = System.nanoTime();
        TransactionReader transactions = new TransactionReader();
        long[] events = new long[1];
        ScannedLog.feed(log, event -> {
            events[0]++;
            transactions.accept(event);
        });
        long took = System.nanoTime() - start;
        System.out.printf(
                "  scan: %d MB, %d events, %d transactions in %.2f s%n",
                log.toFile().length() / 1_000_000, events[0], transactions.whole(), took / 1e9);
        return took;
    }

    private static long program(List<String> argv) {
        long took = TimedProgram.run(argv, ProcessBuilder.Redirect.DISCARD);
        System.out.printf("  %s: %.2f s%n", Path.of(argv.get(argv.size() - 2)).getFileName(), took / 1e9);
        return took;
    }
}
