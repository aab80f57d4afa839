package io.mha4j.mysql.details;

import io.mha4j.base.Deadline;
import io.mha4j.mysql.MysqlException;
import io.mha4j.mysql.Row;
import io.mha4j.mysql.ServerSession;
import io.mha4j.mysql.Sql;
import io.mha4j.topology.details.ServerFiles;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Asks a living server where its files are. */
public final class ServerFilesQuery {
    private static final Sql FILES =
            Sql.of("SHOW GLOBAL VARIABLES WHERE Variable_name IN ('datadir', 'pid_file', 'log_error')");

    private ServerFilesQuery() {}

    /**
     * Asks now.
     *
     * @return empty if the server does not say enough
     * @throws MysqlException if it stops answering
     */
    public static Optional<ServerFiles> ask(ServerSession session, Deadline deadline) {
        Map<String, String> values = new HashMap<>();
        for (Row row : session.query(FILES, deadline)) {
            values.put(row.textOrEmpty("Variable_name").toLowerCase(Locale.ROOT), row.textOrEmpty("Value"));
        }
        return ServerFiles.of(
                values.getOrDefault("datadir", ""),
                values.getOrDefault("pid_file", ""),
                values.getOrDefault("log_error", ""));
    }
}
