package io.mha4j.lab.bench;

import io.mha4j.archive.Archive;
import io.mha4j.archive.ArchiveName;
import io.mha4j.archive.BinlogRescue;
import io.mha4j.archive.LogPlace;
import io.mha4j.archive.RescueSettings;
import io.mha4j.base.Deadline;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.config.ServerSettings;
import io.mha4j.lab.base.Folders;
import io.mha4j.lab.host.LabHost;
import io.mha4j.lab.server.ServerKind;
import io.mha4j.lab.tree.Replication;
import io.mha4j.lab.tree.Tree;
import io.mha4j.lab.tree.TreeSpec;
import io.mha4j.remote.Host;
import io.mha4j.remote.ssh.SshSessions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Saves a large binary log over SSH as a rescue does, verified and digested, beside {@code ssh host cat} to a file. */
final class SaveBench {
    private static final double BAR = 0.7;
    private static final int ROUNDS = 3;
    private static final String LOG = "mysql-bin.000001";

    private final ServerKind kind;
    private final int megabytes;

    SaveBench(ServerKind kind, int megabytes) {
        this.kind = kind;
        this.megabytes = megabytes;
    }

    /** Whether the ratio reaches the bar. */
    boolean run() {
        Path work = Folders.temporary();
        TreeSpec spec = TreeSpec.star(kind, 1).withOptions(Map.of(1, BigLog.FAST));
        try (Tree tree = Tree.start(spec, work.resolve("tree"))) {
            Replication.of(tree.replicas().get(0)).stop();
            BigLog.write(tree.source(), megabytes);
            tree.hosts().forEach(host -> host.server().kill9());
            return measure(tree, work);
        } finally {
            Folders.delete(work);
        }
    }

    private static boolean measure(Tree tree, Path work) {
        long ours = Long.MAX_VALUE;
        long theirs = Long.MAX_VALUE;
        // Turn by turn and the best of each: whatever else runs here disturbs both.
        for (int round = 0; round < ROUNDS; round++) {
            theirs = Math.min(theirs, cat(tree, work));
            ours = Math.min(ours, save(tree, work.resolve("saved" + round)));
        }
        double ratio = (double) theirs / ours;
        System.out.printf(
                "save %.2f s, ssh cat %.2f s: %.2f times as fast (bar: %.1f)%n", ours / 1e9, theirs / 1e9, ratio, BAR);
        return ratio >= BAR;
    }

    private static List<String> options(Tree tree) {
        return List.of(
                "-i",
                tree.loginKey().toString(),
                "-o",
                "UserKnownHostsFile=" + tree.workDir().resolve("known_hosts"),
                "-o",
                "StrictHostKeyChecking=accept-new");
    }

    private static long save(Tree tree, Path to) {
        LabHost host = tree.hosts().get(0);
        String user = System.getProperty("user.name");
        try (SshSessions sessions = SshSessions.ofThisAccount()) {
            Host reached = sessions.host(new ServerSettings.Ssh(
                    host.address(), host.address(), host.sshPort(), user, options(tree), Duration.ofSeconds(20)));
            RescueSettings settings = new RescueSettings(
                    new ArchiveName(to, host.address(), host.server().port(), "20260101000000"),
                    "bench",
                    Instant.EPOCH,
                    time -> TimeUnit.NANOSECONDS.sleep(time.toNanos()),
                    progress -> {});
            long start = System.nanoTime();
            Archive archive = BinlogRescue.fromSource(
                    settings,
                    new LogPlace(reached, List.of(host.server().dataDir().toString())),
                    new BinlogPosition(LOG, 4),
                    Deadline.in(Duration.ofMinutes(10), System::nanoTime));
            long took = System.nanoTime() - start;
            System.out.printf(
                    "  save: %d MB, %d transactions in %.2f s%n",
                    archive.bytes() / 1_000_000, archive.transactions(), took / 1e9);
            return took;
        }
    }

    private static long cat(Tree tree, Path work) {
        LabHost host = tree.hosts().get(0);
        List<String> argv = new ArrayList<>(List.of("ssh", "-p", Integer.toString(host.sshPort())));
        argv.addAll(options(tree));
        argv.add(System.getProperty("user.name") + "@" + host.address());
        argv.add("cat " + host.server().dataDir().resolve(LOG));
        Path to = work.resolve("cat.out");
        long took = TimedProgram.run(argv, ProcessBuilder.Redirect.to(to.toFile()));
        System.out.printf("  ssh cat: %d MB in %.2f s%n", to.toFile().length() / 1_000_000, took / 1e9);
        return took;
    }
}
