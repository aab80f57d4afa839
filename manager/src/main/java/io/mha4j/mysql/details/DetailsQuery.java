package io.mha4j.mysql.details;

import io.mha4j.base.Deadline;
import io.mha4j.config.ServerSettings;
import io.mha4j.mysql.MysqlException;
import io.mha4j.mysql.Row;
import io.mha4j.mysql.ServerSession;
import io.mha4j.mysql.Sql;
import io.mha4j.topology.ReplicaStatus;
import io.mha4j.topology.details.ReplAccount;
import io.mha4j.topology.details.SqlDetails;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Asks one living server what the checks want to know beyond a sweep. */
public final class DetailsQuery {
    /** Every name of every version; a server answers for those that it knows. */
    private static final List<String> VARIABLES = List.of(
            "datadir",
            "innodb_flush_log_at_trx_commit",
            "log_bin_basename",
            "max_allowed_packet",
            "pid_file",
            "relay_log",
            "relay_log_basename",
            "sync_binlog");

    private static final Sql NOW = Sql.of("SELECT UNIX_TIMESTAMP() AS now");
    private static final Sql SUPER_USERS = Sql.of(
            "SELECT user AS name, host AS place FROM mysql.user WHERE Super_priv = 'Y' AND user NOT LIKE 'mysql.%'"
                    + " AND user NOT LIKE 'mariadb.%' ORDER BY user, host");
    private static final Sql EVENTS =
            Sql.of("SELECT COUNT(*) AS n FROM information_schema.EVENTS WHERE STATUS = 'ENABLED'");

    private final ServerSettings settings;
    private final InstantSource clock;

    /**
     * Questions to one server.
     *
     * @param clock the manager's, which the server's is held against
     */
    public DetailsQuery(ServerSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Asks now. What our account may not see comes out as empty.
     *
     * @throws MysqlException if the server stops answering, or refuses a question that needs no privilege
     */
    public SqlDetails ask(Deadline deadline) {
        try (ServerSession session = ServerSession.open(settings, deadline)) {
            Duration ahead = ahead(session, deadline);
            return new SqlDetails(
                    OwnGrants.ask(session, deadline),
                    variables(session, deadline),
                    session.executed(deadline),
                    ahead,
                    superUsers(session, deadline),
                    session.value(EVENTS, deadline).map(Long::parseLong).orElse(0L),
                    replAccount(session, deadline),
                    registered(session, deadline),
                    KeyRule.isKeyless(session, deadline));
        }
    }

    /**
     * Only with what account replicas would log in to this server, and whether they could.
     *
     * @param session to the server
     */
    public ReplAccount replAccount(ServerSession session, Deadline deadline) {
        Optional<ReplicaStatus> channel = session.channels(deadline).stream().findFirst();
        return new ReplAccountQuery(session, settings).ask(channel, deadline);
    }

    /** Held against the middle of the time that the answer took. */
    private Duration ahead(ServerSession session, Deadline deadline) {
        Instant before = clock.instant();
        Instant theirs = Instant.ofEpochSecond(
                session.value(NOW, deadline).map(Long::parseLong).orElse(0L));
        Duration took = Duration.between(before, clock.instant());
        return Duration.between(before.plus(took.dividedBy(2)), theirs);
    }

    private static Map<String, String> variables(ServerSession session, Deadline deadline) {
        String list = VARIABLES.stream().map(Sql::literal).collect(Collectors.joining(", "));
        Map<String, String> found = new TreeMap<>();
        for (Row row : session.query(Sql.of("SHOW GLOBAL VARIABLES WHERE Variable_name IN (" + list + ")"), deadline)) {
            found.put(row.textOrEmpty("Variable_name").toLowerCase(Locale.ROOT), row.textOrEmpty("Value"));
        }
        return found;
    }

    private static List<SqlDetails.Registered> registered(ServerSession session, Deadline deadline) {
        return ReplicaList.ask(session, deadline).orElse(List.of()).stream()
                .map(row -> new SqlDetails.Registered(row.number("Server_id"), place(row)))
                .toList();
    }

    private static String place(Row row) {
        String host = row.textOrEmpty("Host");
        return host.isEmpty() ? "" : host + ":" + row.textOrEmpty("Port");
    }

    /** Besides our own account and root. */
    private List<String> superUsers(ServerSession session, Deadline deadline) {
        return session.queryIfPermitted(SUPER_USERS, deadline).orElse(List.of()).stream()
                .filter(row -> !row.textOrEmpty("name").equals(settings.mysql().user()))
                .filter(row -> !row.textOrEmpty("name").equals("root"))
                .map(row -> "'" + row.textOrEmpty("name") + "'@'" + row.textOrEmpty("place") + "'")
                .toList();
    }
}
