package io.mha4j.lab.probe;

import java.util.List;

/**
 * Runs all probes on three running servers: {@code DialectProbe gtid=on|off host:port:pid host:port:pid host:port:pid},
 * the intended source first; each lets {@code root} in with password {@code labroot}. Exit status 1 if a check failed.
 */
public final class DialectProbe {
    private final Checks checks = new Checks(System.out);

    private DialectProbe() {}

    public static void main(String[] args) {
        if (args.length != 4) {
            throw new IllegalArgumentException(
                    "usage: DialectProbe gtid=on|off host:port:pid host:port:pid host:port:pid");
        }
        List<ProbeServer> servers = List.of(server(0, args[1]), server(1, args[2]), server(2, args[3]));
        boolean gtids = args[0].equals("gtid=on");
        try (ProbeTree tree = new ProbeTree(servers.get(0), servers.get(1), servers.get(2), gtids)) {
            System.exit(new DialectProbe().run(tree) == 0 ? 0 : 1);
        }
    }

    private static ProbeServer server(int order, String text) {
        String[] parts = text.split(":", 3);
        return new ProbeServer(
                ProbeServer.settings(order, parts[0], Integer.parseInt(parts[1]), "root", "labroot"),
                Long.parseLong(parts[2]),
                "");
    }

    private int run(ProbeTree tree) {
        System.out.println("== " + tree.version() + ", GTID " + (tree.gtids() ? "on" : "off"));
        if (checks.does("start over", tree::startOver) && checks.does("attach both replicas", tree::attach)) {
            tree.insert(tree.source(), 1, 10);
            tree.awaitRows(tree.first(), 10);
            tree.awaitRows(tree.second(), 10);
            checks.does("sweeps", () -> new SweepProbe(tree, checks).run());
            checks.does("applying", () -> new ApplyProbe(tree, checks).run());
            checks.does("changing", () -> new ChangeProbe(tree, checks).run());
            checks.does("server", () -> new ServerProbe(tree, checks).run());
        }
        System.out.println("== " + checks.summary());
        return checks.failed();
    }
}
