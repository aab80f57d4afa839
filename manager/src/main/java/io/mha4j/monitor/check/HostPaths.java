package io.mha4j.monitor.check;

import io.mha4j.config.ServerSettings;
import io.mha4j.topology.ReplicaStatus;
import io.mha4j.topology.ServerFacts;
import io.mha4j.topology.details.SqlDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a server keeps what a failover would read, as far as configuration and server tell.
 *
 * @param facts what the server said in the sweep, if it did
 * @param sql   what it said after
 */
record HostPaths(ServerSettings server, Optional<ServerFacts> facts, Optional<SqlDetails> sql) {
    /** The binary log being written, in each directory that the configuration names. */
    List<String> configuredBinlogs() {
        return facts.flatMap(ServerFacts::binlog)
                .map(binlog -> server.paths().binlogDirs().stream()
                        .map(dir -> dir + "/" + binlog.end().file())
                        .toList())
                .orElse(List.of());
    }

    /** The same where the server says it is. */
    Optional<String> actualBinlog() {
        Optional<String> base = sql.flatMap(s -> s.text("log_bin_basename")).filter(b -> b.startsWith("/"));
        return facts.flatMap(ServerFacts::binlog)
                .map(binlog -> directoryOf(base).or(this::datadir).orElse("/") + "/"
                        + binlog.end().file())
                .filter(path -> sql.isPresent());
    }

    /** The relay log that the applier is at. */
    Optional<String> relayLog() {
        Optional<String> base = sql.flatMap(s -> s.text("relay_log_basename"))
                .filter(b -> b.startsWith("/"))
                .or(() -> sql.flatMap(s -> s.text("relay_log")).filter(b -> b.startsWith("/")));
        return facts.flatMap(ServerFacts::onlyChannel)
                .flatMap(ReplicaStatus::relayLog)
                .map(ReplicaStatus.RelayPosition::file)
                .filter(file -> !file.isEmpty())
                .flatMap(file -> directoryOf(base).or(this::datadir).map(dir -> dir + "/" + base(file)));
    }

    Optional<String> datadir() {
        return facts.map(ServerFacts::datadir)
                .filter(d -> d.startsWith("/"))
                .map(d -> d.length() > 1 && d.endsWith("/") ? d.substring(0, d.length() - 1) : d);
    }

    /** The file with the number of its process. */
    Optional<String> pidFile() {
        return sql.flatMap(s -> s.text("pid_file"))
                .filter(f -> !f.isEmpty())
                .flatMap(f -> f.startsWith("/") ? Optional.of(f) : datadir().map(d -> d + "/" + f));
    }

    /** Directories whose file systems must have room. */
    List<String> directories() {
        List<String> all = new ArrayList<>();
        datadir().ifPresent(all::add);
        actualBinlog().flatMap(b -> directoryOf(Optional.of(b))).ifPresent(all::add);
        relayLog().flatMap(b -> directoryOf(Optional.of(b))).ifPresent(all::add);
        return all.stream().distinct().toList();
    }

    private static Optional<String> directoryOf(Optional<String> path) {
        return path.map(p -> p.substring(0, Math.max(1, p.lastIndexOf('/'))));
    }

    private static String base(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
