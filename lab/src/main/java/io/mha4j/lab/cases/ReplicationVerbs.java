package io.mha4j.lab.cases;

import io.mha4j.lab.script.Step.ReplicationVerb;
import io.mha4j.lab.server.LabServer;
import io.mha4j.lab.tree.Replication;

/** Stops and starts replication threads. */
final class ReplicationVerbs {
    private ReplicationVerbs() {}

    static void run(LabServer server, ReplicationVerb verb) {
        Replication replication = Replication.of(server);
        String replica = server.kind().saysReplica() ? "REPLICA" : "SLAVE";
        switch (verb) {
            case IO_STOP -> replication.stopReceiving();
            case IO_START -> server.sql("START " + replica + " IO_THREAD");
            case SQL_STOP -> replication.stopApplying();
            case SQL_START -> server.sql("START " + replica + " SQL_THREAD");
            case REPLICATION_STOP -> replication.stop();
            case REPLICATION_START -> replication.start();
        }
    }
}
