package io.mha4j.mysql.apply;

import io.mha4j.binlog.Event;
import io.mha4j.binlog.FormatDescription;
import io.mha4j.mysql.apply.UserVariable.Collation;
import io.mha4j.topology.ServerVersion;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a statement wants of the session that runs it (MySQL source, {@code Query_log_event::print}). */
final class QuerySettings {
    private static final long AUTO_IS_NULL = 0x00004000;
    private static final long NO_CHECK_CONSTRAINTS = 0x00008000;
    private static final long NO_FOREIGN_KEYS = 0x04000000;
    private static final long RELAXED_UNIQUE = 0x08000000;
    private static final long EXPLICIT_TIMESTAMPS = 0x01000000;
    private static final long IF_EXISTS = 0x10000000;
    private static final long INSERT_HISTORY = 0x40000000;
    /** First releases of MariaDB's series 10.5 to 10.10 that write {@link #EXPLICIT_TIMESTAMPS}. */
    private static final List<Integer> EXPLICIT_SINCE = List.of(17, 10, 6, 5, 3, 2);

    /** Modes that MySQL 8.0 does not know any more: those of other databases and NO_AUTO_CREATE_USER. */
    private static final long OLD_MODES = 0x1003ff00;

    private final SessionVariables variables;
    private final ServerVersion version;
    private final Map<Integer, Collation> collations;

    /** For a server of this version with these collations. */
    QuerySettings(SessionVariables variables, ServerVersion version, Map<Integer, Collation> collations) {
        this.variables = variables;
        this.version = version;
        this.collations = collations;
    }

    /** @param event what {@code query} was read from */
    void want(QueryText query, Event event) {
        StatusVariables status = query.status();
        variables.want("timestamp", timestamp(event.header().timestamp(), status.microseconds()));
        variables.want("pseudo_thread_id", query.thread());
        status.options().ifPresent(bits -> options(bits, event.format()));
        status.sqlMode().ifPresent(this::sqlMode);
        variables.want("auto_increment_increment", status.increment());
        variables.want("auto_increment_offset", status.incrementOffset());
        charsets(status);
        if (!status.timeZone().isEmpty()) {
            variables.want("time_zone", "'" + status.timeZone() + "'");
        }
        variables.want("lc_time_names", status.timeNames());
        status.plain().forEach(each -> variables.want(each.variable(), each.value()));
    }

    private static String timestamp(long seconds, int microseconds) {
        return microseconds == 0
                ? Long.toString(seconds)
                : String.format(Locale.ROOT, "%d.%06d", seconds, microseconds);
    }

    private void options(long bits, FormatDescription format) {
        variables.want("foreign_key_checks", (bits & NO_FOREIGN_KEYS) == 0 ? 1 : 0);
        variables.want("unique_checks", (bits & RELAXED_UNIQUE) == 0 ? 1 : 0);
        variables.want("sql_auto_is_null", (bits & AUTO_IS_NULL) == 0 ? 0 : 1);
        if (format.isMariadb()) {
            mariadbOptions(bits, ServerVersion.parse(format.serverVersion()));
        }
    }

    /** Each bit means something only from the release on that writes it (MariaDB source, {@code
     * deduct_options_written_to_bin_log}). */
    private void mariadbOptions(long bits, ServerVersion source) {
        if (source.isMariadbFrom(10, 2, 1)) {
            variables.want("check_constraint_checks", (bits & NO_CHECK_CONSTRAINTS) == 0 ? 1 : 0);
        }
        if (source.isMariadbFrom(10, 5, 2)) {
            variables.want("sql_if_exists", (bits & IF_EXISTS) == 0 ? 0 : 1);
        }
        if (writesExplicitTimestamps(source)) {
            variables.want("explicit_defaults_for_timestamp", (bits & EXPLICIT_TIMESTAMPS) == 0 ? 0 : 1);
        }
        if (source.isMariadbFrom(10, 11, 0)) {
            variables.want("system_versioning_insert_history", (bits & INSERT_HISTORY) == 0 ? 0 : 1);
        }
    }

    private static boolean writesExplicitTimestamps(ServerVersion source) {
        int series = source.minor() - 5;
        boolean listed = source.major() == 10 && series >= 0 && series < EXPLICIT_SINCE.size();
        return listed ? source.patch() >= EXPLICIT_SINCE.get(series) : source.isMariadbFrom(10, 11, 0);
    }

    private void sqlMode(long mode) {
        variables.want("sql_mode", Long.toUnsignedString(version.isMysqlFrom(8, 0, 0) ? mode & ~OLD_MODES : mode));
    }

    private void charsets(StatusVariables status) {
        if (!status.charsets().isEmpty()) {
            variables.want("character_set_client", status.charsets().get(0));
            variables.want("collation_connection", status.charsets().get(1));
            variables.want("collation_server", status.charsets().get(2));
        }
        if (status.databaseCollation().isPresent()) {
            variables.want("collation_database", status.databaseCollation().getAsInt());
        } else if (variables.differs("collation_database", "DEFAULT")) {
            variables.want("collation_database", "DEFAULT");
        }
        variables.want("character_set_collations", defaults(status.charsetsByDefault()));
    }

    private String defaults(List<StatusVariables.CharsetDefault> defaults) {
        return defaults.stream()
                .map(each -> name(each.charset()).charset() + "="
                        + name(each.collation()).name())
                .collect(Collectors.joining(",", "'", "'"));
    }

    private Collation name(int number) {
        Collation found = collations.get(number);
        if (found == null) {
            throw new IllegalArgumentException("the server does not know collation " + number);
        }
        return found;
    }
}
