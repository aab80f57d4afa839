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
import java.util.List;
import java.util.Map;

/**
 * A source with three replicas, the address of its clients, and the manager's configuration that moves it.
 *
 * @param conf the application file
 * @param work the manager's state and log are in {@code app1} below it
 */
record Ground(Tree tree, ClientAddress address, Path conf, Path work) implements AutoCloseable {
    /** What moves the address. */
    enum Mover {
        /** Loopback hosts; a script that writes a file. */
        ROUTE,
        /** Hosts of their own; a script that logs in twice by SSH. */
        SCRIPT,
        /** Hosts of their own; the manager itself. */
        VIP
    }

    /** A running one in {@code work}; the address leads to the source. */
    static Ground lay(Mover mover, ServerKind kind, boolean gtid, Path work, Layout layout) {
        TreeSpec.Place place = mover == Mover.ROUTE ? TreeSpec.Place.LOOPBACK : TreeSpec.Place.NAMESPACES;
        Tree tree = Tree.start(TreeSpec.star(kind, 3).withGtid(gtid).at(place), work.resolve("tree"));
        ClientAddress address = mover == Mover.ROUTE
                ? MovingAddress.open("127.0.0.1", 0, work.resolve("route"))
                : new WireAddress(tree.namespaces(), tree.source().port());
        address.pointTo(tree.source().host(), tree.source().port());
        Path conf = work.resolve("app1.cnf");
        Map<String, String> defaults =
                switch (mover) {
                    case ROUTE -> scripts(layout.addressHook() + " --route=" + work.resolve("route"));
                    case SCRIPT ->
                        scripts("%s --vip=%s/%d --device=eth0 --key=%s"
                                .formatted(
                                        layout.addressHook().resolveSibling("move_vip"),
                                        Wire.CLIENTS,
                                        Wire.PREFIX,
                                        tree.loginKey()));
                    case VIP -> Map.of("vip", Wire.CLIENTS + "/" + Wire.PREFIX);
                };
        new AppSettings("app1", Map.of("server default", defaults), List.of()).write(tree, conf, work.resolve("app1"));
        return new Ground(tree, address, conf, work);
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
