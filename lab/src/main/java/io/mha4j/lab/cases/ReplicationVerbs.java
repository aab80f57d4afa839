package io.mha4j.lab.cases;

import io.mha4j.lab.script.Step.ReplicationVerb;
import io.mha4j.lab.server.LabServer;
import io.mha4j.lab.tree.Replication;
import java.time.Duration;

/** Stops and starts replication threads. */
final class ReplicationVerbs {
    private static final Duration RESTART_LIMIT = Duration.ofSeconds(60);

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

    /** {@code server} must hold what {@code source} holds. */
    static void attach(LabServer server, LabServer source, boolean gtid) {
        Replication replication = Replication.of(server);
        if (replication.status().isPresent()) {
            replication.stop();
        }
        if (gtid) {
            replication.followByGtid(source);
        } else {
            replication.follow(source, Replication.of(source).end());
        }
        replication.start();
    }

    static void detach(LabServer server) {
        Replication.of(server).stop();
        switch (server.kind()) {
            case MYSQL_5_5 -> detachByRestart(server);
            case MYSQL_9_7 -> server.sql("RESET REPLICA ALL");
            case MYSQL_5_6, MYSQL_5_7, MYSQL_8_0, MARIADB_10_11, MARIADB_11_4 -> server.sql("RESET SLAVE ALL");
        }
    }

    /** RESET SLAVE ALL came with 5.5.16; before it, settings stay in memory and an empty MASTER_HOST is refused. */
    private static void detachByRestart(LabServer server) {
        server.sql("RESET SLAVE");
        server.stopCleanly(RESTART_LIMIT);
        server.start();
    }
}
