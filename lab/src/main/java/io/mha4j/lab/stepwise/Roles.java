package io.mha4j.lab.stepwise;

import io.mha4j.lab.base.LabException;
import io.mha4j.lab.host.LabHost;
import io.mha4j.lab.server.LabServer;
import io.mha4j.lab.tree.Replication;
import io.mha4j.lab.tree.Tree;
import java.util.List;

/** Who is who before a switch. */
record Roles(LabHost oldSource, LabHost newSource, LabHost replica) {
    static Roles of(Tree tree) {
        return new Roles(tree.hosts().get(0), tree.hosts().get(1), tree.hosts().get(2));
    }

    /** Whom a fault strikes; not for one of the command itself. */
    LabHost victim(SwitchFault fault) {
        return switch (fault.victim()) {
            case OLD_SOURCE -> oldSource;
            case NEW_SOURCE -> newSource;
            case REPLICA -> replica;
            case COMMAND -> throw new IllegalArgumentException(fault + " strikes no host");
        };
    }

    /** Whether a server answers and takes writes of clients. */
    static boolean writable(LabServer server) {
        try {
            return server.running()
                    && server.value("SELECT @@global.read_only")
                            .filter("0"::equals)
                            .isPresent();
        } catch (LabException e) {
            return false;
        }
    }

    /** Whether one of {@code servers} is the writable source and all others follow it. */
    static boolean healthy(List<LabServer> servers) {
        List<LabServer> writable = servers.stream().filter(Roles::writable).toList();
        return writable.size() == 1
                && servers.stream()
                        .filter(server -> !server.equals(writable.get(0)))
                        .allMatch(server -> follows(server, writable.get(0)));
    }

    static boolean follows(LabServer replica, LabServer source) {
        try {
            return Replication.of(replica)
                    .status()
                    .filter(status -> status.follows(source))
                    .isPresent();
        } catch (LabException e) {
            return false;
        }
    }
}
