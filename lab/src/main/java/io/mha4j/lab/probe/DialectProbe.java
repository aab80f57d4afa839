package io.mha4j.lab.probe;

import io.mha4j.lab.cases.CaseFailed;
import io.mha4j.lab.cases.Probe;
import io.mha4j.lab.server.Account;
import io.mha4j.lab.server.LabServer;
import io.mha4j.lab.tree.Tree;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/**
 * Sessions, sweeps and replication control on a tree of a source and two replicas: every call that the manager makes, on
 * real servers, with the answers checked by other means. Uses classes of the manager, which other cases do not.
 */
public final class DialectProbe implements Probe {
    private final PrintStream out = System.out;
    private final Checks checks = new Checks(out);

    @Override
    public void run(Tree tree, Path work) {
        List<LabServer> replicas = tree.replicas();
        try (ProbeTree probed = new ProbeTree(
                server(0, tree.source()),
                server(1, replicas.get(0)),
                server(2, replicas.get(1)),
                tree.spec().gtid())) {
            run(probed);
        }
        if (checks.failed() > 0) {
            throw new CaseFailed(checks.summary() + "; the output says which");
        }
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
