package io.mha4j.cli.topology;

import io.mha4j.base.Plural;
import io.mha4j.base.ServerId;
import io.mha4j.binlog.GtidSet;
import io.mha4j.config.Application;
import io.mha4j.config.ServerSettings.Roles;
import io.mha4j.topology.ManagedTree;
import io.mha4j.topology.Replica;
import io.mha4j.topology.ReplicaStatus;
import io.mha4j.topology.ServerFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A tree as it is shown.
 *
 * @param app     the application's name
 * @param paused  one clause, where acting is paused
 * @param servers the source, its replicas, each followed by what is below it, then those that do not answer
 */
record TreeView(String app, Optional<String> paused, List<Node> servers) {
    TreeView {
        servers = List.copyOf(servers);
    }

    /**
     * One server.
     *
     * @param server  host, address and port
     * @param role    source, replica or missing
     * @param follows whom it replicates from
     * @param depth   0 for the source and for those that do not answer
     * @param state   its own settings: version, read-only or writable
     * @param lag     seconds behind; absent where unknown
     * @param lacks   how many transactions of its source it has not executed, where GTIDs tell
     * @param flags   what an operator should know, such as candidate_master
     */
    record Node(
            String server,
            String role,
            Optional<String> follows,
            int depth,
            String state,
            Optional<Long> lag,
            Optional<Long> lacks,
            List<String> flags) {
        Node {
            flags = List.copyOf(flags);
        }
    }

    static TreeView of(Application app, Optional<String> paused, ManagedTree tree) {
        List<Node> nodes = new ArrayList<>();
        nodes.add(source(app, tree));
        tree.allReplicas().forEach(r -> {
            nodes.add(replica(app, r, tree.source(), tree.sourceFacts(), 1));
            below(app, tree, r, 2, nodes);
        });
        tree.missing()
                .forEach(m -> nodes.add(new Node(
                        m.id().toString(),
                        "missing",
                        Optional.empty(),
                        0,
                        m.why(),
                        Optional.empty(),
                        Optional.empty(),
                        flags(app.of(m.id()).roles()))));
        return new TreeView(app.name(), paused, nodes);
    }

    private static void below(Application app, ManagedTree tree, Replica upper, int depth, List<Node> nodes) {
        tree.lowerTiers().stream().filter(t -> t.follows().equals(upper.id())).forEach(t -> {
            nodes.add(replica(app, t.replica(), upper.id(), Optional.of(upper.facts()), depth));
            below(app, tree, t.replica(), depth + 1, nodes);
        });
    }

    private static Node source(Application app, ManagedTree tree) {
        List<String> flags = new ArrayList<>(flags(app.of(tree.source()).roles()));
        tree.sourceFollows().ifPresent(s -> flags.add("follows " + s.source()));
        return new Node(
                tree.source().toString(),
                "source",
                tree.sourceFollows().map(s -> s.source()),
                0,
                tree.sourceFacts().map(TreeView::state).orElse("dead"),
                Optional.empty(),
                Optional.empty(),
                flags);
    }

    private static Node replica(
            Application app, Replica replica, ServerId follows, Optional<ServerFacts> source, int depth) {
        ReplicaStatus status = replica.status();
        List<String> flags = new ArrayList<>(flags(app.of(replica.id()).roles()));
        thread("IO", status.receiver(), flags);
        thread("SQL", status.applier(), flags);
        if (status.mayBeReset()) {
            flags.add("has received nothing: not started yet, or a master that was reset (RESET SLAVE)");
        }
        if (!status.delay().isZero()) {
            flags.add("delayed by " + status.delay().toSeconds() + " s");
        }
        if (status.isBeingLevelled()) {
            flags.add("is being levelled");
        }
        return new Node(
                replica.id().toString(),
                "replica",
                Optional.of(follows.toString()),
                depth,
                state(replica.facts()),
                status.lag().map(l -> l.toSeconds()),
                source.flatMap(s -> lacks(s, replica.facts())),
                flags);
    }

    private static void thread(String name, ReplicaStatus.ThreadState thread, List<String> flags) {
        if (!thread.running()) {
            flags.add(name + " thread: " + thread.word()
                    + (thread.errorCode() == 0 ? "" : " (error " + thread.errorCode() + ")"));
        }
    }

    private static Optional<Long> lacks(ServerFacts source, ServerFacts replica) {
        return source.executed().isPresent()
                        && replica.executed().isPresent()
                        && source.executed().get() instanceof GtidSet has
                        && replica.executed().get() instanceof GtidSet got
                ? Optional.of(has.minus(got).size())
                : Optional.empty();
    }

    private static String state(ServerFacts facts) {
        return facts.version()
                + (facts.readOnly() ? ", read-only" : ", writable")
                + (facts.binlog().isPresent() ? "" : ", no binary log");
    }

    private static List<String> flags(Roles roles) {
        List<String> flags = new ArrayList<>();
        if (roles.preferred()) {
            flags.add("candidate_master");
        }
        if (roles.barred()) {
            flags.add("no_master");
        }
        if (roles.ignoreFail()) {
            flags.add("ignore_fail");
        }
        return flags;
    }

    /** For people: one line for each server, and one where acting is paused. */
    List<String> lines() {
        return Stream.concat(servers.stream().map(TreeView::line), paused.stream())
                .toList();
    }

    private static String line(Node node) {
        String place = node.depth() == 0 ? "" : " ".repeat(4 * node.depth() - 3) + "+--";
        StringBuilder line = new StringBuilder(place).append(node.server()).append("  ");
        if (!node.role().equals("replica")) {
            line.append(node.role()).append(", ");
        }
        line.append(node.state());
        node.lag().ifPresent(lag -> line.append(", ").append(lag).append(" s behind"));
        node.lacks().filter(n -> n > 0).ifPresent(n -> line.append(", lacks ").append(Plural.of(n, "transaction")));
        node.flags().forEach(flag -> line.append(", ").append(flag));
        return line.toString();
    }
}
