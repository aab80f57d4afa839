package io.mha4j.mysql.apply;

import io.mha4j.base.Deadline;
import io.mha4j.base.ServerId;
import io.mha4j.binlog.Event;
import io.mha4j.binlog.FormatDescription;
import io.mha4j.mysql.MysqlException;
import io.mha4j.mysql.apply.UserVariable.Collation;
import io.mha4j.topology.ServerVersion;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The session that events are applied in: made ready once, then one statement after the other. */
final class ApplySession implements AutoCloseable {
    /** Part of a packet that events may fill, since Base64 makes four bytes of three. */
    private static final double BASE64 = 0.74;
    /** Large enough that the statements' number does not matter, small enough for memory. */
    private static final long GROUP = 4L << 20;
    /** Table maps and one more row event, which holds 8 KB unless a single row is larger. */
    private static final long MARGIN = 128 << 10;

    private final TargetGlobals globals;
    private final RawSession session;
    private final Deadline deadline;
    private final SessionVariables variables;
    private final Map<Integer, Collation> collations;
    private final long packetLimit;
    private final long groupLimit;
    private final boolean logs;

    private ApplySession(
            TargetGlobals globals, RawSession session, Deadline deadline, Map<String, String> variables, boolean logs) {
        this.globals = globals;
        this.session = session;
        this.deadline = deadline;
        this.variables = new SessionVariables(variables.keySet());
        this.collations = readCollations();
        this.packetLimit = Long.parseLong(variables.getOrDefault("max_allowed_packet", "1048576"));
        this.groupLimit = Math.min(GROUP, (long) (packetLimit * BASE64) - MARGIN);
        this.logs = logs;
    }

    static ApplySession open(TargetGlobals globals, ApplyOptions options, Deadline deadline) {
        RawSession session = globals.login();
        try {
            Map<String, String> variables = variables(session, deadline);
            ApplySession opened = new ApplySession(globals, session, deadline, variables, logs(variables, options));
            opened.begin(variables, options);
            return opened;
        } catch (MysqlException e) {
            session.close();
            throw e;
        }
    }

    private static Map<String, String> variables(RawSession session, Deadline deadline) {
        Map<String, String> variables = new HashMap<>();
        session.rows("SHOW SESSION VARIABLES", deadline).forEach(row -> variables.put(row.get(0), row.get(1)));
        return variables;
    }

    /** Collations of MariaDB since 10.10 may have no character set; another table names the pairs. */
    private Map<Integer, Collation> readCollations() {
        String query = globals.server().version().isMariadbFrom(10, 10, 1)
                ? "SELECT id, full_collation_name, character_set_name"
                        + " FROM information_schema.collation_character_set_applicability WHERE id IS NOT NULL"
                : "SELECT id, collation_name, character_set_name FROM information_schema.collations";
        Map<Integer, Collation> found = new HashMap<>();
        for (List<String> row : session.rows(query, deadline)) {
            found.put(Integer.parseInt(row.get(0)), new Collation(row.get(1), row.get(2)));
        }
        return found;
    }

    private void begin(Map<String, String> found, ApplyOptions options) {
        want(variables, found, options);
        flush();
    }

    /** What all statements want; a server's settings for its clients are none for what its source did. */
    static void want(SessionVariables variables, Map<String, String> found, ApplyOptions options) {
        // The driver closes a connection of which it hears that its character set is not UTF-8 any more.
        variables.want("session_track_system_variables", "''");
        if (!options.log()) {
            variables.want("sql_log_bin", 0);
        }
        variables.want(variables.knows("pseudo_replica_mode") ? "pseudo_replica_mode" : "pseudo_slave_mode", 1);
        if (logs(found, options) && "STATEMENT".equals(found.get("binlog_format"))) {
            // With STATEMENT the server refuses rows (error 1666).
            variables.want("binlog_format", "MIXED");
        }
        variables.want("completion_type", 0);
        variables.want("autocommit", 1);
        variables.want("max_error_count", 65_535);
        variables.want("net_read_timeout", 3600);
        variables.want("net_write_timeout", 3600);
        // MariaDB's limit for clients ends a long statement each time that it is tried; replication has none either.
        variables.want("max_statement_time", 0);
        if ("ON".equals(found.get("sql_generate_invisible_primary_key"))) {
            // Replication makes no column either that the source did not make.
            variables.want("sql_generate_invisible_primary_key", 0);
        }
    }

    private static boolean logs(Map<String, String> found, ApplyOptions options) {
        return options.log() && "ON".equals(found.get("log_bin"));
    }

    /** Whether what is sent goes into the server's own binary log. */
    boolean logs() {
        return logs;
    }

    /** Tells the server how the row events that follow are laid out. */
    void format(FormatDescription format, boolean inTransaction) {
        if (!inTransaction && variables.knows("gtid_next")) {
            // MySQL leaves it undefined behind a format description, and takes none while it names a transaction.
            variables.once("@@session.gtid_next", "'AUTOMATIC'");
            flush();
        }
        Event event = Whole.of(format.event(), 0, format);
        session.send(RowGroup.binlog(List.of(event), "BINLOG of the format description"), deadline);
    }

    /** Makes {@code database}, named in UTF-8, the default one. */
    void use(byte[] database) {
        // MySQL runs nothing but SET until a transaction that was announced has its name.
        flush();
        String name = new String(database, StandardCharsets.ISO_8859_1);
        if (name.chars().anyMatch(c -> c > 0x7e)) {
            session.run(variables.utf8(), deadline);
        }
        session.run("USE `" + name.replace("`", "``") + "`", deadline);
        variables.forget("collation_database");
    }

    /** Sends what the next statement wants of the session. */
    void flush() {
        variables.before().ifPresent(sql -> session.run(sql, deadline));
        variables.take().forEach(sql -> session.run(sql, deadline));
    }

    /** Sends a statement behind all that it wants. */
    void send(Statement statement) {
        flush();
        session.send(statement, deadline);
    }

    void send(String sql) {
        send(Statement.of(sql));
    }

    /** Numbers of the errors that the last statement made warnings of. */
    List<Integer> warnings() {
        return session.rows("SHOW WARNINGS", deadline).stream()
                .map(row -> Integer.parseInt(row.get(1)))
                .toList();
    }

    /** Lets statements send files until {@link #forbidFiles}. */
    void allowFiles() {
        globals.allowFiles();
    }

    void forbidFiles() {
        globals.forbidFiles();
    }

    /** Bytes that one statement may have. */
    long packetLimit() {
        return packetLimit;
    }

    /** Bytes of events that one statement may carry. */
    long groupLimit() {
        return groupLimit;
    }

    SessionVariables variables() {
        return variables;
    }

    Map<Integer, Collation> collations() {
        return collations;
    }

    ServerVersion version() {
        return globals.server().version();
    }

    ServerId id() {
        return globals.server().server();
    }

    /**
     * Rolls back what is open, as far as its tables can; false where the server does not say that it did: the session has ended, or is
     * in the middle of an XA transaction.
     */
    boolean rollBack() {
        try {
            session.run("ROLLBACK", deadline);
            return true;
        } catch (MysqlException e) {
            return false;
        }
    }

    /** Rolls back what is open. Never throws. */
    @Override
    public void close() {
        if (rollBack()) {
            forgetTables();
        }
        session.close();
    }

    /** Or the server logs that it drops the temporary tables that are left, under a GTID of its own. */
    private void forgetTables() {
        try {
            session.run("SET sql_log_bin=0", deadline);
        } catch (MysqlException e) {
            // The session has ended.
        }
    }
}
