package io.mha4j.lab.oracle;

import io.mha4j.binlog.Event;
import io.mha4j.binlog.EventType;
import io.mha4j.binlog.RelayLogMap;
import io.mha4j.lab.base.Folders;
import io.mha4j.lab.cases.CaseFailed;
import io.mha4j.lab.cases.Probe;
import io.mha4j.lab.server.LabServer;
import io.mha4j.lab.server.ServerStore;
import io.mha4j.lab.tree.Replication;
import io.mha4j.lab.tree.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A source that writes every kind of event and then many, and a replica that receives them. All their logs are read by
 * the manager, by a library and by the server's own program: same events, positions and GTIDs.
 */
public class OracleProbe implements Probe {
    private static final Duration CATCH_UP = Duration.ofMinutes(2);

    private final LogPrograms programs = new LogPrograms(ServerStore.of(System.getenv(), System.err));
    private final int statements;

    /** A small run. */
    public OracleProbe() {
        this(500);
    }

    OracleProbe(int statements) {
        this.statements = statements;
    }

    @Override
    public void run(Tree tree, Path work) {
        LabServer replica = tree.replicas().get(0);
        replica.sql("SET GLOBAL relay_log_purge = 0");
        write(tree.source(), replica, work);
        long events = 0;
        for (Path log : logs(tree.source(), "mysql-bin")) {
            events += compare(tree, log);
        }
        for (Path log : logs(replica, "relay-bin")) {
            events += compare(tree, log);
        }
        System.out.println("compared " + events + " events of " + tree.spec().kind());
        RelayComparison.compare(logs(tree.source(), "mysql-bin"), logs(replica, "relay-bin"));
    }

    private void write(LabServer source, LabServer replica, Path work) {
        Path blocks = work.resolve("blocks.txt");
        Folders.write(blocks, "from a file\n".repeat(20));
        readable(work);
        Workload workload = new Workload(source);
        workload.prepare();
        workload.variety(blocks);
        workload.rotate(false);
        workload.many(statements);
        // Between transactions: without the table map before them the library cannot read rows.
        Replication.of(replica).awaitCaughtUp(source, CATCH_UP);
        replica.sql("FLUSH LOGS");
        workload.rotate(true);
        workload.many(statements);
        Replication.of(replica).awaitCaughtUp(source, CATCH_UP);
        // Ends the files in use, so that they do not grow while they are read.
        source.sql("FLUSH LOGS");
        Replication.of(replica).awaitCaughtUp(source, CATCH_UP);
    }

    private static void readable(Path folder) {
        try {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long compare(Tree tree, Path log) {
        ScannedLog ours = ScannedLog.read(log);
        LibraryReading.compare(log, ours.events());
        List<Long> offsets = ours.events().stream().map(Event::offset).toList();
        Set<Long> places = new LinkedHashSet<>(programs.places(tree.spec().kind(), log));
        if (ours.events().stream().anyMatch(event -> event.type() == EventType.TRANSACTION_PAYLOAD)) {
            // The program also unpacks these and gives what is inside of them places of its own.
            places.retainAll(new HashSet<>(offsets));
        }
        if (!List.copyOf(places).equals(offsets)) {
            throw new CaseFailed("%s: the server's program finds events at other places: %d against our %d"
                    .formatted(log, places.size(), offsets.size()));
        }
        return offsets.size();
    }

    static List<Path> logs(LabServer server, String base) {
        try (Stream<Path> files = Files.list(server.dataDir())) {
            return files.filter(f -> f.getFileName().toString().matches(base + "\\.\\d+"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Relay logs beside the binary logs that they are copies of. */
    private static final class RelayComparison {
        private RelayComparison() {}

        private static void compare(List<Path> source, List<Path> relay) {
            RelayLogMap map = new RelayLogMap();
            for (Path log : relay) {
                map.begin(log.getFileName().toString());
                ScannedLog.feed(log, map);
            }
            long exact = map.runs().stream().filter(run -> run.isExact()).count();
            map.runs().stream().filter(run -> run.isExact()).forEach(run -> {
                Path original = named(source, run.sourceFile());
                Path copy = named(relay, run.relayFile());
                if (!FileParts.equal(original, run.start(), copy, run.relayStart(), run.end() - run.start())) {
                    throw new CaseFailed("the relay log has other bytes than the source: " + run);
                }
            });
            System.out.println("compared " + exact + " of " + map.runs().size() + " runs in relay logs, byte by byte");
        }

        private static Path named(List<Path> files, String name) {
            return files.stream()
                    .filter(file -> file.endsWith(name))
                    .findFirst()
                    .orElseThrow(() -> new CaseFailed("no file " + name));
        }
    }
}
