package io.mha4j.lab.probe;

import io.mha4j.lab.base.Folders;
import io.mha4j.lab.server.Account;
import io.mha4j.lab.server.LabServer;
import io.mha4j.lab.server.ServerKind;
import io.mha4j.lab.tree.Tree;
import io.mha4j.lab.tree.TreeSpec;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Runs all probes on a tree of a source and two replicas of each kind named, without and with GTIDs: {@code DialectProbe
 * [kind...]}, all kinds by default. Exit status 1 if a check failed.
 */
public final class DialectProbe {
    private final Checks checks;
    private final PrintStream out;

    private DialectProbe(PrintStream out) {
        this.out = out;
        this.checks = new Checks(out);
    }

    public static void main(String[] args) {
        List<ServerKind> kinds = args.length == 0
                ? List.of(ServerKind.values())
                : Arrays.stream(args)
                        .map(name -> ServerKind.named(name)
                                .orElseThrow(() -> new IllegalArgumentException("no server kind " + name)))
                        .toList();
        int failed = 0;
        List<String> summary = new ArrayList<>();
        for (ServerKind kind : kinds) {
            for (boolean gtid : new boolean[] {false, true}) {
                if (!gtid || kind.knowsGtids()) {
                    DialectProbe probe = new DialectProbe(System.out);
                    probe.run(TreeSpec.star(kind, 2).withGtid(gtid));
                    failed += probe.checks.failed();
                    summary.add("%-14s GTID %-3s  %s".formatted(kind, gtid ? "on" : "off", probe.checks.summary()));
                }
            }
        }
        summary.forEach(System.out::println);
        System.exit(failed == 0 ? 0 : 1);
    }

    private void run(TreeSpec plain) {
        Path folder = Folders.temporary();
        TreeSpec spec = new TreeSpec(
                plain.kind(), plain.gtid(), plain.replicas(), plain.format(), plain.shape(), Map.of(0, options(plain)));
        try (Tree tree = Tree.start(spec, folder)) {
            List<LabServer> replicas = tree.replicas();
            try (ProbeTree probed = new ProbeTree(
                    server(0, tree.source()), server(1, replicas.get(0)), server(2, replicas.get(1)), spec.gtid())) {
                run(probed);
            }
        } finally {
            Folders.delete(folder);
        }
    }

    /** Channels with names need repositories in tables before they are the default in 8.0. */
    private static Map<String, String> options(TreeSpec spec) {
        return spec.kind() == ServerKind.MYSQL_5_7
                ? Map.of("master_info_repository", "TABLE", "relay_log_info_repository", "TABLE")
                : Map.of();
    }

    private static ProbeServer server(int order, LabServer server) {
        return new ProbeServer(
                ProbeServer.settings(order, server.host(), server.port(), Account.ROOT.user(), Account.ROOT.password()),
                server.pid(),
                "");
    }

    private void run(ProbeTree tree) {
        out.println("== " + tree.version() + ", GTID " + (tree.gtids() ? "on" : "off"));
        if (checks.does("start over", tree::startOver) && checks.does("attach both replicas", tree::attach)) {
            tree.insert(tree.source(), 1, 10);
            tree.awaitRows(tree.first(), 10);
            tree.awaitRows(tree.second(), 10);
            checks.does("sweeps", () -> new SweepProbe(tree, checks).run());
            checks.does("applying", () -> new ApplyProbe(tree, checks).run());
            checks.does("changing", () -> new ChangeProbe(tree, checks).run());
            checks.does("server", () -> new ServerProbe(tree, checks).run());
        }
        out.println("== " + checks.summary());
    }
}
