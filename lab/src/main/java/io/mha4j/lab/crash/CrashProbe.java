package io.mha4j.lab.crash;

import io.mha4j.base.Deadline;
import io.mha4j.lab.base.Waiter;
import io.mha4j.lab.cases.CaseFailed;
import io.mha4j.lab.cases.Probe;
import io.mha4j.lab.check.Equality;
import io.mha4j.lab.level.LevelProgram;
import io.mha4j.lab.server.LabServer;
import io.mha4j.lab.stage.AppSettings;
import io.mha4j.lab.stage.ProgramRun;
import io.mha4j.lab.tree.Replication;
import io.mha4j.lab.tree.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A source dies with rows that no replica has. The failover's process is killed with SIGKILL as soon as its journal has one
 * line, in the next round two, and so on until it ends before that; each time a second start has to finish it: one
 * writable server, every committed row on everybody.
 */
public final class CrashProbe implements Probe {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String CONF = "app1.cnf";
    private static final int ROWS = 40;
    private static final int MOST_LINES = 200;

    private final Waiter waiter = Waiter.real();

    @Override
    public void run(Tree tree, Path work) {
        for (int lines = 1; lines <= MOST_LINES; lines++) {
            Path folder = work.resolve("lines" + lines);
            try (Tree own = Tree.start(tree.spec(), folder.resolve("tree"))) {
                if (!round(own, folder, lines)) {
                    return;
                }
            }
        }
        throw new CaseFailed("a failover has more than " + MOST_LINES + " journal lines");
    }

    /** Whether the process was killed; it was not when it ended before its journal had so many lines. */
    private boolean round(Tree tree, Path folder, int lines) {
        prepare(tree);
        Path state = folder.resolve("app1");
        new AppSettings("app1", Map.of(), List.of()).write(tree, folder.resolve(CONF), state);
        boolean killed = killedAt(lines, start(tree, folder, "first.out"), state.resolve("app1.journal"));
        if (killed && unfinished(state.resolve("app1.journal"))) {
            int exit = start(tree, folder, "second.out").await(waiter.in(LIMIT));
            expect(exit == 0, lines, "the second start ended with " + exit + ", see " + state);
        }
        List<LabServer> writable = tree.replicas().stream()
                .filter(s -> number(s, "SELECT @@read_only") == 0)
                .toList();
        expect(writable.size() == 1, lines, "writable are " + writable);
        waiter.until(waiter.in(LIMIT), () -> Equality.of(tree.replicas()).holds());
        Equality equality = Equality.of(tree.replicas());
        expect(equality.holds(), lines, "not equal: " + equality.sentence());
        int rows = number(writable.get(0), "SELECT COUNT(*) FROM test.t1 WHERE id > 100");
        expect(rows == ROWS, lines, rows + " of " + ROWS + " committed rows are on " + writable);
        return killed;
    }

    /** Half of the rows are on the first replica, all on none. */
    private void prepare(Tree tree) {
        Replication.of(tree.replicas().get(1)).stopReceiving();
        insert(tree.source(), 101, ROWS / 2);
        Replication.of(tree.replicas().get(0)).awaitCaughtUp(tree.source(), LIMIT);
        Replication.of(tree.replicas().get(0)).stopReceiving();
        insert(tree.source(), 101 + ROWS / 2, ROWS - ROWS / 2);
        tree.source().kill9();
    }

    private static void insert(LabServer server, int from, int count) {
        for (int id = from; id < from + count; id++) {
            server.sql("INSERT INTO test.t1 VALUES (" + id + ", " + id + ", 'x')");
        }
    }

    private ProgramRun start(Tree tree, Path folder, String output) {
        List<String> argv = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-cp",
                LevelProgram.classPath(),
                "io.mha4j.cli.Main",
                "masterha_master_switch",
                "--master_state=dead",
                "--interactive=0",
                "--conf=" + folder.resolve(CONF),
                "--dead_master_host=" + tree.source().host(),
                "--dead_master_port=" + tree.source().port());
        return ProgramRun.start(argv, folder, Map.of(), folder.resolve(output));
    }

    private boolean killedAt(int lines, ProgramRun failover, Path journal) {
        Deadline deadline = waiter.in(LIMIT);
        while (failover.running()) {
            if (lines(journal) >= lines) {
                failover.kill();
                return true;
            }
            expect(!deadline.isOver(), lines, "neither ended nor got so far in " + LIMIT);
            Thread.onSpinWait();
        }
        int exit = failover.await(deadline);
        expect(exit == 0, lines, "the undisturbed failover ended with " + exit);
        return false;
    }

    private static long lines(Path journal) {
        return text(journal).chars().filter(c -> c == '\n').count();
    }

    /** Not when the last line was written: then only its file had to be put away. */
    private static boolean unfinished(Path journal) {
        String text = text(journal);
        return !text.isEmpty() && !text.contains("\"kind\":\"Closed\"");
    }

    private static String text(Path journal) {
        try {
            return Files.readString(journal);
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int number(LabServer server, String query) {
        return server.value(query)
                .map(Integer::parseInt)
                .orElseThrow(() -> new CaseFailed(server + " does not answer " + query));
    }

    private static void expect(boolean truth, int lines, String otherwise) {
        if (!truth) {
            throw new CaseFailed("killed at journal line " + lines + ": " + otherwise);
        }
    }
}
