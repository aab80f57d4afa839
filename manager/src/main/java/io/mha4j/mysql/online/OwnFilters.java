package io.mha4j.mysql.online;

import io.mha4j.base.Deadline;
import io.mha4j.mysql.Row;
import io.mha4j.mysql.ServerSession;
import io.mha4j.mysql.Sql;
import io.mha4j.topology.ReplicaStatus.Filters;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * With which filters a server that is no replica would apply. MySQL tells from 8.0 on, MariaDB always; 5.5 to 5.7 tell
 * only once they are replicas.
 */
public final class OwnFilters {
    private static final Sql MYSQL = Sql.of("SELECT FILTER_NAME AS name, FILTER_RULE AS rule"
            + " FROM performance_schema.replication_applier_global_filters");
    private static final Sql MARIADB = Sql.of("SHOW GLOBAL VARIABLES WHERE Variable_name IN ('replicate_do_db',"
            + " 'replicate_ignore_db', 'replicate_do_table', 'replicate_ignore_table', 'replicate_wild_do_table',"
            + " 'replicate_wild_ignore_table')");

    private final ServerSession session;

    public OwnFilters(ServerSession session) {
        this.session = session;
    }

    /** The filters; empty where the server does not tell, or our account may not ask. */
    public Optional<Filters> ask(Deadline deadline) {
        if (session.version().isMariadb()) {
            return Optional.of(filters(session.query(MARIADB, deadline), "Variable_name", "Value"));
        }
        if (!session.version().isMysqlFrom(8, 0, 1)) {
            return Optional.empty();
        }
        return session.queryIfPermitted(MYSQL, deadline).map(rows -> filters(rows, "name", "rule"));
    }

    private static Filters filters(List<Row> rows, String name, String rule) {
        Map<String, List<String>> found = new TreeMap<>();
        for (Row row : rows) {
            List<String> names = Arrays.stream(row.textOrEmpty(rule).split(","))
                    .map(String::strip)
                    .filter(text -> !text.isEmpty())
                    .distinct()
                    .sorted()
                    .toList();
            found.put(row.textOrEmpty(name).toLowerCase(Locale.ROOT), names);
        }
        return new Filters(
                of(found, "replicate_do_db"),
                of(found, "replicate_ignore_db"),
                of(found, "replicate_do_table"),
                of(found, "replicate_ignore_table"),
                of(found, "replicate_wild_do_table"),
                of(found, "replicate_wild_ignore_table"));
    }

    private static List<String> of(Map<String, List<String>> found, String name) {
        return found.getOrDefault(name, List.of());
    }
}
