package io.mha4j.lab.probe;

import io.mha4j.lab.server.BinlogFormat;
import io.mha4j.lab.server.LabServer;
import io.mha4j.lab.server.ServerKind;
import io.mha4j.lab.tree.Replication;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A replica with a setting that levelling has to live with, where the server has it; it is told where not. */
final class SpecialReplica {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final LabServer server;
    private final LabServer source;
    private String before = "";

    SpecialReplica(LabServer server, LabServer source) {
        this.server = server;
        this.source = source;
    }

    LabServer server() {
        return server;
    }

    /**
     * By GTID MariaDB executes domains side by side, which the content's second domain does not stand; and statements whose
     * triggers draw numbers, which then depend on who came first.
     */
    void becomeParallel(boolean gtid, BinlogFormat format) {
        ServerKind kind = server.kind();
        if (kind == ServerKind.MYSQL_5_5 || (kind.isMariadb() && (gtid || format == BinlogFormat.STATEMENT))) {
            System.out.println("no parallel workers here");
            return;
        }
        String variable = kind.isMariadb()
                ? "slave_parallel_threads"
                : newWords() ? "replica_parallel_workers" : "slave_parallel_workers";
        if (kind == ServerKind.MYSQL_5_6 || kind == ServerKind.MYSQL_5_7) {
            // No event may be greater than this, or the applier stops (error 1864).
            server.sql("SET GLOBAL slave_pending_jobs_size_max=134217728");
        }
        restartWith("SET GLOBAL " + variable + "=4");
    }

    /** Waited for until the source takes it for one. */
    void becomeSemiSync() {
        ServerKind kind = server.kind();
        if (kind.isMariadb()) {
            source.sql("SET GLOBAL rpl_semi_sync_master_timeout=500", "SET GLOBAL rpl_semi_sync_master_enabled=1");
            restartWith("SET GLOBAL rpl_semi_sync_slave_enabled=1");
            ProbeTree.awaitTrue(LIMIT, () -> isOn("Rpl_semi_sync_slave_status"));
        } else if (kind == ServerKind.MYSQL_9_7) {
            source.sql(
                    "INSTALL PLUGIN rpl_semi_sync_source SONAME 'semisync_source.so'",
                    "SET GLOBAL rpl_semi_sync_source_timeout=500",
                    "SET GLOBAL rpl_semi_sync_source_enabled=1");
            server.sql("INSTALL PLUGIN rpl_semi_sync_replica SONAME 'semisync_replica.so'");
            restartWith("SET GLOBAL rpl_semi_sync_replica_enabled=1");
            ProbeTree.awaitTrue(LIMIT, () -> isOn("Rpl_semi_sync_replica_status"));
        } else {
            System.out.println("no semi-synchronous replication here");
        }
    }

    private boolean isOn(String status) {
        return server.row("SHOW GLOBAL STATUS LIKE '" + status + "'")
                .filter(row -> "ON".equals(row.get("Value")))
                .isPresent();
    }

    /** From then on it follows nobody without TLS. */
    void demandTls() {
        boolean can = newWords()
                || source.row("SHOW GLOBAL VARIABLES LIKE 'have_ssl'")
                        .filter(row -> "YES".equals(row.get("Value")))
                        .isPresent();
        if (!can) {
            System.out.println("no TLS here");
            return;
        }
        restartWith(
                newWords()
                        ? "CHANGE REPLICATION SOURCE TO SOURCE_SSL=1, SOURCE_CONNECT_RETRY=13"
                        : "CHANGE MASTER TO MASTER_SSL=1, MASTER_SSL_VERIFY_SERVER_CERT=0, MASTER_CONNECT_RETRY=13");
    }

    private void restartWith(String statement) {
        Replication replication = Replication.of(server);
        replication.stop();
        server.sql(statement);
        replication.start();
        ProbeTree.awaitTrue(
                LIMIT,
                () -> replication.status().filter(Replication.Status::receiving).isPresent());
    }

    private boolean newWords() {
        return server.kind() == ServerKind.MYSQL_9_7;
    }

    /** What {@link #before} answers later. */
    void note() {
        before = settings();
        System.out.println(server + ": " + before);
    }

    String before() {
        return before;
    }

    /** Whom it follows, and how. */
    String settings() {
        Optional<Map<String, String>> status = server.row(newWords() ? "SHOW REPLICA STATUS" : "SHOW SLAVE STATUS");
        String word = newWords() ? "Source" : "Master";
        return status.map(row -> "%s:%s TLS %s, retry %s"
                        .formatted(
                                row.get(word + "_Host"),
                                row.get(word + "_Port"),
                                row.get(word + "_SSL_Allowed"),
                                row.get("Connect_Retry")))
                .orElse("follows nobody");
    }
}
