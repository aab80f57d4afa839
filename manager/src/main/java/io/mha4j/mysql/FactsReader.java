package io.mha4j.mysql;

import io.mha4j.binlog.BinlogPosition;
import io.mha4j.topology.ReplicaStatus;
import io.mha4j.topology.ServerFacts;
import io.mha4j.topology.ServerFacts.OwnBinlog;
import io.mha4j.topology.ServerFacts.Seat;
import io.mha4j.topology.ServerFacts.SemiSync;
import io.mha4j.topology.ServerVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** From one server's answers to facts. Pure; names of variables and statuses are in lower case. */
final class FactsReader {
    private final Dialect dialect;
    private final Map<String, String> variables;
    private final Map<String, String> statuses;

    FactsReader(Dialect dialect, Map<String, String> variables, Map<String, String> statuses) {
        this.dialect = dialect;
        this.variables = variables;
        this.statuses = statuses;
    }

    /** Whether Group Replication's plugin is there and was given a group. */
    boolean mayBeGroupMember() {
        return !variable("group_replication_group_name").orElse("").isEmpty();
    }

    /**
     * @param gtids       row of {@link Dialect#gtidState}
     * @param binlog      row of {@link Dialect#binlogStatus}
     * @param replication rows of {@link Dialect#replicaStatus}
     * @param member      its state in its replication group
     */
    ServerFacts facts(
            ServerVersion version,
            Optional<Row> gtids,
            Optional<Row> binlog,
            List<Row> replication,
            Optional<String> member) {
        Optional<Row> known = gtids.filter(dialect::knowsGtids);
        ReplicaStatusReader reader = new ReplicaStatusReader(dialect);
        List<ReplicaStatus> channels = reader.channels(replication);
        return new ServerFacts(
                version,
                variable("server_id").map(Long::parseLong).orElse(0L),
                variable("server_uuid"),
                on("read_only"),
                on("super_read_only"),
                on("offline_mode"),
                binlog.flatMap(this::ownBinlog),
                dialect.gtidsOn(variable("gtid_mode").orElse("")),
                known.flatMap(row -> dialect.executed(row, () -> channels)),
                known.flatMap(dialect::purged),
                channels,
                on("relay_log_purge"),
                parallelWorkers(),
                first("replica_checkpoint_period", "slave_checkpoint_period")
                        .map(Long::parseLong)
                        .orElse(0L),
                variable("sync_binlog").map(Long::parseLong).orElse(0L),
                variable("event_scheduler").orElse("OFF"),
                semiSync(),
                variable("datadir").orElse(""),
                new Seat(
                        variable("hostname").orElse(""),
                        variable("port").map(Long::parseLong).orElse(0L),
                        variable("pid_file").orElse(""),
                        variable("socket").orElse("")),
                refusedKind(member));
    }

    private Optional<OwnBinlog> ownBinlog(Row row) {
        return row.text("File")
                .filter(file -> !file.isEmpty())
                .map(file -> new OwnBinlog(
                        new BinlogPosition(file, row.number("Position")),
                        on("log_replica_updates") || on("log_slave_updates"),
                        variable("binlog_format").orElse("ROW"),
                        ReplicaStatusReader.names(row.textOrEmpty("Binlog_Do_DB")),
                        ReplicaStatusReader.names(row.textOrEmpty("Binlog_Ignore_DB"))));
    }

    private int parallelWorkers() {
        return first("slave_parallel_threads", "replica_parallel_workers", "slave_parallel_workers")
                .map(Integer::parseInt)
                .orElse(0);
    }

    private SemiSync semiSync() {
        Optional<String> source = first("rpl_semi_sync_source_enabled", "rpl_semi_sync_master_enabled");
        boolean replica = Stream.of("rpl_semi_sync_replica_status", "rpl_semi_sync_slave_status")
                .anyMatch(name -> Row.isOn(statuses.getOrDefault(name, "OFF")));
        boolean enabled = first("rpl_semi_sync_replica_enabled", "rpl_semi_sync_slave_enabled")
                .filter(Row::isOn)
                .isPresent();
        return new SemiSync(
                source.isPresent() || replica,
                source.filter(Row::isOn).isPresent(),
                enabled,
                replica,
                first("rpl_semi_sync_source_wait_for_replica_count", "rpl_semi_sync_master_wait_for_slave_count")
                        .map(Integer::parseInt));
    }

    private Optional<String> refusedKind(Optional<String> member) {
        if (member.filter(state -> !state.equals("OFFLINE")).isPresent()
                || (mayBeGroupMember() && on("group_replication_start_on_boot"))) {
            return Optional.of("Group Replication");
        }
        String provider = variable("wsrep_provider").orElse("none");
        if (on("wsrep_on") && !provider.isEmpty() && !provider.equals("none")) {
            return Optional.of("Galera");
        }
        boolean ndb = variable("have_ndbcluster").orElse("").equals("YES")
                || !statuses.getOrDefault("ndb_number_of_data_nodes", "0").equals("0");
        return ndb ? Optional.of("NDB") : Optional.empty();
    }

    private boolean on(String name) {
        return variable(name).map(Row::isOn).orElse(false);
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name));
    }

    private Optional<String> first(String... names) {
        return Stream.of(names).flatMap(name -> variable(name).stream()).findFirst();
    }
}
