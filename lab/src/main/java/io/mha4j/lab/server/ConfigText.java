package io.mha4j.lab.server;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes a server's configuration file in the words of its version. */
final class ConfigText {
    private final Map<String, String> lines = new LinkedHashMap<>();
    private final ServerKind kind;

    private ConfigText(ServerKind kind) {
        this.kind = kind;
    }

    /** The file of a server that lives in {@code folder}: data, error log and temporary files below it. */
    static String of(ServerKind kind, Software software, ServerSpec spec, Path folder) {
        ConfigText text = new ConfigText(kind);
        text.places(spec, folder);
        text.small();
        text.durable();
        text.logging(spec);
        // These always have a value, and an empty one means something (secure-file-priv=).
        software.options().forEach((name, value) -> text.lines.put(name + "=" + value, ""));
        text.lines.putAll(spec.options());
        return text.lines.entrySet().stream()
                .map(e -> e.getValue().isEmpty() ? e.getKey() : e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining("\n", "[mysqld]\n", "\n"));
    }

    private void places(ServerSpec spec, Path folder) {
        lines.put("user", System.getProperty("user.name"));
        lines.put("datadir", folder.resolve("data").toString());
        lines.put("tmpdir", folder.resolve("tmp").toString());
        lines.put("log-error", folder.resolve("error.log").toString());
        lines.put("pid-file", folder.resolve("data/mysqld.pid").toString());
        // Relative to the data directory: an absolute one may be longer than a socket's address can be.
        lines.put("socket", "mysql.sock");
        lines.put("bind-address", spec.host());
        lines.put("port", Integer.toString(spec.port()));
        lines.put("skip-name-resolve", "");
        if (kind.usesCachingSha2()) {
            lines.put("mysqlx", "0");
        }
    }

    private void small() {
        lines.put("innodb_buffer_pool_size", "64M");
        lines.put("max_connections", "200");
        switch (kind) {
            case MYSQL_5_5 -> lines.put("innodb_log_file_size", "5M");
            case MYSQL_5_6, MYSQL_5_7, MYSQL_8_0, MARIADB_10_11, MARIADB_11_4 ->
                lines.put("innodb_log_file_size", "16M");
            case MYSQL_9_7 -> lines.put("innodb_redo_log_capacity", "64M");
        }
        smallPerformanceSchema();
    }

    /**
     * From 8.0 on the manager reads tables of the performance schema. Histories, digests and low-level instruments, which
     * it does not read, are most of what a server's start costs: 1.5 s of processor time and 270 MB in 8.0.15.
     */
    private void smallPerformanceSchema() {
        if (kind.isMariadb()) {
            return;
        }
        if (!kind.usesCachingSha2()) {
            lines.put("performance_schema", "0");
            return;
        }
        for (String events : List.of("waits", "stages", "statements", "transactions")) {
            lines.put("performance_schema_events_" + events + "_history_size", "0");
            lines.put("performance_schema_events_" + events + "_history_long_size", "0");
        }
        for (String instruments : List.of("mutex", "rwlock", "cond", "file", "socket", "memory")) {
            lines.put("performance_schema_max_" + instruments + "_classes", "0");
        }
        for (String size : List.of("digests_size", "error_size", "max_digest_length", "max_sql_text_length")) {
            lines.put("performance_schema_" + size, "0");
        }
    }

    private void durable() {
        lines.put("innodb_use_native_aio", "0");
        lines.put("innodb_flush_log_at_trx_commit", "1");
        if (kind != ServerKind.MYSQL_5_5) {
            // 5.5 knows O_DIRECT and O_DSYNC only; its default is fsync.
            lines.put("innodb_flush_method", "fsync");
        }
    }

    private void logging(ServerSpec spec) {
        lines.put("server-id", Integer.toString(spec.serverId()));
        lines.put(kind.saysReplica() ? "skip-replica-start" : "skip-slave-start", "");
        if (spec.logging().isEmpty()) {
            lines.put("skip-log-bin", "");
            return;
        }
        ServerSpec.Logging logging = spec.logging().orElseThrow();
        lines.put("report-host", spec.host());
        lines.put("report-port", Integer.toString(spec.port()));
        lines.put("log-bin", "mysql-bin");
        lines.put("relay-log", "relay-bin");
        lines.put("sync_binlog", "1");
        lines.put("binlog_format", logging.format().name());
        lines.put(kind.saysReplica() ? "log-replica-updates" : "log-slave-updates", "1");
        crashSafeReplica();
        gtid(logging.gtid());
    }

    /** As in well-kept production: without these a killed replica of MySQL 8.0 fetches and applies events twice. */
    private void crashSafeReplica() {
        lines.put("relay_log_recovery", "1");
        if (kind == ServerKind.MYSQL_5_6 || kind == ServerKind.MYSQL_5_7) {
            lines.put("master_info_repository", "TABLE");
            lines.put("relay_log_info_repository", "TABLE");
        }
    }

    private void gtid(boolean on) {
        if (kind.isMariadb()) {
            lines.put("gtid_strict_mode", on ? "1" : "0");
        } else if (kind.knowsGtids()) {
            // Said either way: 9.7 has GTIDs on unless told otherwise.
            lines.put("gtid_mode", on ? "ON" : "OFF");
            lines.put("enforce_gtid_consistency", on ? "ON" : "OFF");
        }
    }
}
