package io.mha4j.mysql;

import io.mha4j.base.Deadline;
import io.mha4j.topology.ServerFacts;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Asks one server everything a sweep wants: five questions, a sixth where Group Replication is configured. */
final class FactsQuery {
    /** Every name of every version; a server answers for those that it knows. */
    private static final List<String> VARIABLES = List.of(
            "binlog_format",
            "datadir",
            "event_scheduler",
            "group_replication_group_name",
            "group_replication_start_on_boot",
            "gtid_mode",
            "have_ndbcluster",
            "hostname",
            "log_bin",
            "log_replica_updates",
            "log_slave_updates",
            "offline_mode",
            "pid_file",
            "port",
            "read_only",
            "relay_log_purge",
            "replica_checkpoint_period",
            "replica_parallel_workers",
            "rpl_semi_sync_master_enabled",
            "rpl_semi_sync_master_wait_for_slave_count",
            "rpl_semi_sync_replica_enabled",
            "rpl_semi_sync_slave_enabled",
            "rpl_semi_sync_source_enabled",
            "rpl_semi_sync_source_wait_for_replica_count",
            "server_id",
            "server_uuid",
            "slave_checkpoint_period",
            "slave_parallel_threads",
            "slave_parallel_workers",
            "socket",
            "super_read_only",
            "sync_binlog",
            "wsrep_on",
            "wsrep_provider");

    private static final List<String> STATUSES =
            List.of("Ndb_number_of_data_nodes", "Rpl_semi_sync_replica_status", "Rpl_semi_sync_slave_status");

    private static final Sql GROUP_MEMBERS = Sql.of("SELECT MEMBER_STATE AS state FROM"
            + " performance_schema.replication_group_members WHERE MEMBER_ID = @@global.server_uuid");

    private final ServerSession session;

    FactsQuery(ServerSession session) {
        this.session = session;
    }

    ServerFacts ask(Deadline deadline) {
        Dialect dialect = session.dialect();
        Map<String, String> variables = named("VARIABLES", VARIABLES, deadline);
        FactsReader reader = new FactsReader(dialect, variables, named("STATUS", STATUSES, deadline));
        Optional<Row> gtids = dialect.gtidState().flatMap(sql -> one(sql, deadline));
        Optional<Row> binlog = one(dialect.binlogStatus(), deadline);
        List<Row> replication = session.query(dialect.replicaStatus(), deadline);
        Optional<String> member = reader.mayBeGroupMember()
                ? one(GROUP_MEMBERS, deadline).flatMap(r -> r.text("state"))
                : Optional.empty();
        return reader.facts(session.version(), gtids, binlog, replication, member);
    }

    /** {@code SHOW GLOBAL VARIABLES} or {@code STATUS}: names in lower case to values. */
    private Map<String, String> named(String what, List<String> names, Deadline deadline) {
        String list = names.stream().map(Sql::literal).collect(Collectors.joining(", "));
        Sql sql = Sql.of("SHOW GLOBAL " + what + " WHERE Variable_name IN (" + list + ")");
        Map<String, String> found = new TreeMap<>();
        for (Row row : session.query(sql, deadline)) {
            found.put(row.textOrEmpty("Variable_name").toLowerCase(Locale.ROOT), row.textOrEmpty("Value"));
        }
        return found;
    }

    private Optional<Row> one(Sql sql, Deadline deadline) {
        return session.query(sql, deadline).stream().findFirst();
    }
}
