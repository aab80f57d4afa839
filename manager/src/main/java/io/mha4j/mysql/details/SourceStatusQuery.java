package io.mha4j.mysql.details;

import io.mha4j.base.Deadline;
import io.mha4j.mysql.MysqlException;
import io.mha4j.mysql.Row;
import io.mha4j.mysql.ServerSession;
import io.mha4j.mysql.SourceControl;
import io.mha4j.mysql.Sql;
import io.mha4j.topology.details.SourceStatus;
import io.mha4j.topology.details.SourceStatus.Acknowledging;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Asks a source how far it is and who acknowledges its commits. What the plugin of semi-synchronous replication is asked has the names of
 * MySQL up to 8.0 and of MariaDB, or those of MySQL from 8.0.26 on.
 */
public final class SourceStatusQuery {
    static final Sql SETTINGS = named(
            "VARIABLES",
            "enabled",
            "timeout",
            "wait_for_replica_count",
            "wait_for_slave_count",
            "wait_no_replica",
            "wait_no_slave",
            "wait_point");
    static final Sql STATUS = named("STATUS", "clients", "no_times", "status", "wait_sessions");
    private static final Sql CONNECTED = Sql.of("SHOW GLOBAL STATUS WHERE Variable_name = 'Threads_connected'");
    private static final Sql PLACES = Sql.of("SELECT @@global.max_connections");
    private static final Sql PROCESSES = Sql.of("SHOW PROCESSLIST");
    /** What follows is "slave" or "replica". */
    private static final String WAITS = "Waiting for semi-sync ACK from ";
    /** The server says it in whole seconds. */
    private static final Duration ROUNDING = Duration.ofSeconds(1);
    /** Under load a commit often begins to wait just behind the list of those who do; hardly so many times in a row. */
    private static final int LOOKS = 5;

    private final ServerSession session;
    private final InstantSource clock;

    public SourceStatusQuery(ServerSession session, InstantSource clock) {
        this.session = session;
        this.clock = clock;
    }

    /**
     * Asks now.
     *
     * @throws MysqlException if the server stops answering or may not be asked
     */
    public SourceStatus ask(Deadline deadline) {
        Instant at = clock.instant();
        Map<String, String> settings = values(SETTINGS, deadline);
        boolean waits = isOn(settings, "enabled");
        // Who acknowledged what is written by then was connected before; what is written later waits as is seen behind
        // that.
        Optional<List<Long>> registered = waits ? registered(deadline) : Optional.empty();
        Optional<Map<String, String>> before = waits ? Optional.of(values(STATUS, deadline)) : Optional.empty();
        SourceControl.Coordinates coordinates = new SourceControl(session).coordinates(deadline);
        return new SourceStatus(
                at,
                coordinates.position(),
                coordinates.executed(),
                before.map(earlier -> acknowledging(settings, earlier, deadline)),
                registered);
    }

    /** Whether we sit on the last place that a server has, which others may need. */
    public boolean isFull(Deadline deadline) {
        long connected = session.query(CONNECTED, deadline).stream()
                .mapToLong(row -> row.number("Value"))
                .sum();
        return session.value(PLACES, deadline).map(Long::parseLong).orElse(0L) <= connected;
    }

    private Optional<List<Long>> registered(Deadline deadline) {
        return ReplicaList.ask(session, deadline)
                .map(rows -> rows.stream().map(row -> row.number("Server_id")).toList());
    }

    private Acknowledging acknowledging(Map<String, String> settings, Map<String, String> before, Deadline deadline) {
        Duration timeout = Duration.ofMillis(number(settings, "timeout"));
        // First those who wait, then whether the waiting still works: one whose time was over in between ended it.
        Optional<Duration> waited = longestWait(deadline);
        Map<String, String> status = values(STATUS, deadline);
        for (int i = 1; i < LOOKS && isUnseen(waited, status); i++) {
            waited = longestWait(deadline);
            status = values(STATUS, deadline);
        }
        boolean on = isOn(before, "status") && isOn(status, "status");
        return new Acknowledging(
                on && number(before, "no_times") == number(status, "no_times"),
                value(settings, "wait_point").filter("AFTER_SYNC"::equals).isPresent(),
                isOn(settings, "wait_no_slave") || isOn(settings, "wait_no_replica"),
                timeout,
                Math.max(
                        1,
                        Math.max(number(settings, "wait_for_slave_count"), number(settings, "wait_for_replica_count"))),
                Math.max(number(before, "clients"), number(status, "clients")),
                isUnseen(waited, status) ? timeout : waited.orElse(Duration.ZERO));
    }

    /** Whether somebody waits whom the list before did not show: one who began in between, or whom our account may not see. */
    private static boolean isUnseen(Optional<Duration> waited, Map<String, String> status) {
        return waited.isEmpty() && number(status, "wait_sessions") != 0;
    }

    /** By how long their statements have run, which is no less; empty if none is seen, which takes PROCESS. */
    private Optional<Duration> longestWait(Deadline deadline) {
        return session.query(PROCESSES, deadline).stream()
                .filter(row -> row.textOrEmpty("State").startsWith(WAITS))
                .map(row -> Duration.ofSeconds(row.number("Time")).plus(ROUNDING))
                .max(Duration::compareTo);
    }

    private static Sql named(String what, String... names) {
        String list = Stream.of("master", "source")
                .flatMap(side -> Stream.of(names).map(name -> Sql.literal("rpl_semi_sync_" + side + "_" + name)))
                .collect(Collectors.joining(", "));
        return Sql.of("SHOW GLOBAL " + what + " WHERE Variable_name IN (" + list + ")");
    }

    private Map<String, String> values(Sql sql, Deadline deadline) {
        Map<String, String> values = new HashMap<>();
        for (Row row : session.query(sql, deadline)) {
            values.put(row.textOrEmpty("Variable_name").toLowerCase(Locale.ROOT), row.textOrEmpty("Value"));
        }
        return values;
    }

    private static Optional<String> value(Map<String, String> values, String name) {
        return Stream.of("rpl_semi_sync_source_" + name, "rpl_semi_sync_master_" + name)
                .flatMap(full -> Optional.ofNullable(values.get(full)).stream())
                .findFirst();
    }

    private static boolean isOn(Map<String, String> values, String name) {
        return value(values, name).filter(Row::isOn).isPresent();
    }

    /** A timeout may have all 64 bits; what is more than Java counts is the most that it does. */
    private static long capped(String text) {
        long number = Long.parseUnsignedLong(text);
        return number < 0 ? Long.MAX_VALUE : number;
    }

    private static long number(Map<String, String> values, String name) {
        return value(values, name).map(SourceStatusQuery::capped).orElse(0L);
    }
}
