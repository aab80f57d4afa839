package io.mha4j.lab.oracle;

import io.mha4j.lab.base.Folders;
import io.mha4j.lab.base.LabException;
import io.mha4j.lab.server.BinlogFormat;
import io.mha4j.lab.server.LabServer;
import io.mha4j.lab.server.ServerKind;
import io.mha4j.lab.tree.Replication;
import io.mha4j.lab.tree.Tree;
import io.mha4j.lab.tree.TreeSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Makes small binary logs and relay logs with every kind of server: {@code Samples FOLDER [KIND...]}. */
public final class Samples {
    private static final Duration CATCH_UP = Duration.ofSeconds(60);
    private static final Map<String, String> KEEP = Map.of("relay_log_recovery", "0");

    /** The trailing sign gives the option an empty value: files may be loaded from anywhere. */
    private static final Map<String, String> LOADS = Map.of("secure-file-priv=", "");

    private Samples() {}

    /** Files go to {@code FOLDER/KIND-FORMAT/source} and {@code .../replica}. */
    public static void main(String[] args) throws IOException {
        Path to = Path.of(args[0]);
        for (ServerKind kind : ServerKind.values()) {
            for (BinlogFormat format : BinlogFormat.values()) {
                if (args.length == 1 || List.of(args).contains(kind.label())) {
                    record(kind, format, to.resolve(kind + "-" + format));
                }
            }
        }
    }

    private static void record(ServerKind kind, BinlogFormat format, Path to) throws IOException {
        System.out.println(kind + " " + format);
        boolean gtid = kind.knowsGtids() && format != BinlogFormat.STATEMENT;
        TreeSpec spec = TreeSpec.star(kind, 1).withGtid(gtid).withFormat(format).withOptions(Map.of(0, LOADS, 2, KEEP));
        Path work = Folders.temporary();
        try (Tree tree = Tree.start(spec, work)) {
            LabServer replica = tree.replicas().get(0);
            // The statement that sets the source also sets this back, whatever the configuration says.
            replica.sql("SET GLOBAL relay_log_purge = 0");
            Path blocks = work.resolve("blocks.txt");
            Files.writeString(blocks, "from a file\n".repeat(20));
            Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwxr-xr-x"));
            Workload workload = new Workload(tree.source());
            workload.prepare();
            workload.variety(blocks);
            replica.sql("FLUSH LOGS");
            workload.rotate(false);
            workload.rotate(true);
            settle(replica, tree.source());
            copy(tree.source().dataDir(), "mysql-bin", to.resolve("source"));
            copy(replica.dataDir(), "relay-bin", to.resolve("replica"));
        } finally {
            Folders.delete(work);
        }
    }

    /** A statement that a replica refuses is no matter here: its relay logs hold the events. */
    private static void settle(LabServer replica, LabServer source) {
        try {
            Replication.of(replica).awaitCaughtUp(source, CATCH_UP);
        } catch (LabException e) {
            System.out.println("  " + e.getMessage());
        }
    }

    private static void copy(Path from, String base, Path to) throws IOException {
        Folders.make(to);
        List<Path> files;
        try (Stream<Path> all = Files.list(from)) {
            files = all.filter(f -> f.getFileName().toString().matches(base + "\\.\\d+"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            Files.copy(file, to.resolve(file.getFileName()));
        }
    }
}
