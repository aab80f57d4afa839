package io.mha4j.topology;

import io.mha4j.base.ServerId;
import io.mha4j.config.Application;
import io.mha4j.config.ServerSettings;
import io.mha4j.topology.ManagedTree.LowerTier;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The tree as MHA's check command and log show it, in MHA's words, which operators' scripts read. */
public final class TreeDrawing {
    private TreeDrawing() {}

    /** One line for the source and one for each replica of it, each ended by a line feed. */
    public static String of(ManagedTree tree) {
        StringBuilder drawing = new StringBuilder();
        drawing.append(tree.source()).append(" (current master)\n");
        tree.replicas().forEach(r -> drawing.append(" +--").append(r.id()).append('\n'));
        return drawing.toString();
    }

    /** The lists of servers that MHA logs after it looked at them, one line each. */
    public static List<String> listing(Application application, ManagedTree tree) {
        List<String> lines = new ArrayList<>();
        lines.add("GTID failover mode = " + modeNumber(tree));
        lines.add("Dead Servers:");
        missing(tree).forEach(id -> lines.add("  " + id));
        lines.add("Alive Servers:");
        alive(tree).forEach(id -> lines.add("  " + id));
        lines.add("Alive Slaves:");
        tree.replicas().forEach(r -> lines.addAll(details(application, tree, r, tree.source())));
        if (!tree.failedReplicas().isEmpty()) {
            lines.add("Failed Slaves:");
            tree.failedReplicas().forEach(r -> lines.addAll(details(application, tree, r, tree.source())));
        }
        if (!tree.lowerTiers().isEmpty()) {
            lines.add("Unmanaged Servers:");
            tree.lowerTiers().forEach(t -> lines.addAll(details(application, tree, t.replica(), t.follows())));
        }
        if (tree.sourceAlive()) {
            lines.add("Current Alive Master: " + tree.source());
        }
        return lines;
    }

    /** MHA's numbers: 0 file and position, 1 GTID, 2 GTIDs everywhere but used by nobody. */
    private static int modeNumber(ManagedTree tree) {
        if (tree.mode().usesGtids()) {
            return 1;
        }
        boolean everywhere = Stream.concat(
                        tree.sourceFacts().stream(), tree.allReplicas().stream().map(Replica::facts))
                .allMatch(f -> f.gtidsOn() && !f.version().isMariadb());
        boolean executed = tree.allReplicas().stream()
                .allMatch(r -> r.facts().executed().filter(g -> !g.isEmpty()).isPresent());
        return everywhere && executed ? 2 : 0;
    }

    private static List<ServerId> missing(ManagedTree tree) {
        return Stream.concat(
                        Stream.of(tree.source()).filter(s -> !tree.sourceAlive()),
                        tree.missing().stream().map(ManagedTree.Missing::id))
                .sorted()
                .toList();
    }

    private static List<ServerId> alive(ManagedTree tree) {
        return Stream.of(
                        Stream.of(tree.source()).filter(s -> tree.sourceAlive()),
                        tree.allReplicas().stream().map(Replica::id),
                        tree.lowerTiers().stream().map(LowerTier::replica).map(Replica::id))
                .flatMap(ids -> ids)
                .sorted()
                .toList();
    }

    private static List<String> details(Application application, ManagedTree tree, Replica replica, ServerId follows) {
        ServerFacts facts = replica.facts();
        List<String> lines = new ArrayList<>();
        lines.add("  %s  Version=%s%s log-bin:%s"
                .formatted(
                        replica.id(),
                        facts.version(),
                        tree.newerThanAnother(replica) ? "" : " (oldest major version between slaves)",
                        facts.binlog().isPresent() ? "enabled" : "disabled"));
        if (facts.gtidsOn() && !facts.version().isMariadb()) {
            lines.add("    GTID ON");
        }
        ReplicaStatus status = replica.status();
        lines.add("    Replicating from %s(%s:%d)".formatted(status.sourceHost(), follows.ip(), status.sourcePort()));
        ServerSettings.Roles roles = application.of(replica.id()).roles();
        if (roles.preferred()) {
            lines.add("    Primary candidate for the new Master (candidate_master is set)");
        }
        if (roles.barred()) {
            lines.add("    Not candidate for the new Master (no_master is set)");
        }
        return lines;
    }
}
