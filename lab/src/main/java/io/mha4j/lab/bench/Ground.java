package io.mha4j.lab.bench;

import io.mha4j.lab.address.ClientAddress;
import io.mha4j.lab.address.MovingAddress;
import io.mha4j.lab.server.ServerKind;
import io.mha4j.lab.stage.AppSettings;
import io.mha4j.lab.stage.Layout;
import io.mha4j.lab.tree.Tree;
import io.mha4j.lab.tree.TreeSpec;
import io.mha4j.lab.wire.Wire;
import io.mha4j.lab.wire.WireAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A source with three replicas, the address of its clients, and the manager's configuration that moves it.
 *
 * @param conf the application file
 * @param work the manager's state and log are in {@code app1} below it
 */
record Ground(Tree tree, ClientAddress address, Path conf, Path work) implements AutoCloseable {
    static final int WRITERS = 4;

    /** Of each writer: together somewhat more than 200 writes a second, the load that all figures are told for. */
    static final Duration PACE = Duration.ofMillis(18);

    /** What moves the address. */
    enum Mover {
        /** Loopback hosts; a script that writes a file. */
        ROUTE,
        /** Hosts of their own; a script that logs in twice by SSH. */
        SCRIPT,
        /** Hosts of their own; the manager itself. */
        VIP
    }

    /**
     * What is to be laid.
     *
     * @param settings of {@code [server default]}, beside the lab's own and the mover's
     */
    record Plan(ServerKind kind, boolean gtid, Mover mover, Map<String, String> settings, Layout layout) {
        Plan {
            settings = Map.copyOf(settings);
        }

        Plan with(Map<String, String> others) {
            return new Plan(kind, gtid, mover, others, layout);
        }

        /** For the head of a table of figures. */
        String sentence() {
            return "%s, GTID %s, address moved by %s"
                    .formatted(kind, gtid ? "on" : "off", mover.name().toLowerCase(Locale.ROOT));
        }

        /** A running one in {@code work}; the address leads to the source. */
        Ground lay(Path work) {
            return Ground.lay(this, work);
        }
    }

    private static Ground lay(Plan plan, Path work) {
        TreeSpec.Place place = plan.mover() == Mover.ROUTE ? TreeSpec.Place.LOOPBACK : TreeSpec.Place.NAMESPACES;
        Tree tree =
                Tree.start(TreeSpec.star(plan.kind(), 3).withGtid(plan.gtid()).at(place), work.resolve("tree"));
        ClientAddress address = plan.mover() == Mover.ROUTE
                ? MovingAddress.open("127.0.0.1", 0, work.resolve("route"))
                : new WireAddress(tree.namespaces(), tree.source().port());
        address.pointTo(tree.source().host(), tree.source().port());
        Path conf = work.resolve("app1.cnf");
        Map<String, String> defaults = new HashMap<>(plan.settings());
        defaults.putAll(moving(plan, tree, work));
        new AppSettings("app1", Map.of("server default", defaults), List.of()).write(tree, conf, work.resolve("app1"));
        return new Ground(tree, address, conf, work);
    }

    private static Map<String, String> moving(Plan plan, Tree tree, Path work) {
        Path hook = plan.layout().addressHook();
        return switch (plan.mover()) {
            case ROUTE -> scripts(hook + " --route=" + work.resolve("route"));
            case SCRIPT ->
                scripts("%s --vip=%s/%d --device=eth0 --key=%s"
                        .formatted(hook.resolveSibling("move_vip"), Wire.CLIENTS, Wire.PREFIX, tree.loginKey()));
            case VIP -> Map.of("vip", Wire.CLIENTS + "/" + Wire.PREFIX);
        };
    }

    private static Map<String, String> scripts(String script) {
        return Map.of("master_ip_failover_script", script, "master_ip_online_change_script", script);
    }

    @Override
    public void close() {
        address.close();
        tree.close();
    }
}
