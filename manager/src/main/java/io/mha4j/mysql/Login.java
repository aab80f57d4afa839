package io.mha4j.mysql;

import io.mha4j.base.Deadline;
import io.mha4j.config.ServerSettings;
import io.mha4j.config.ServerSettings.Tls;
import io.mha4j.config.ServerSettings.TlsMode;
import io.mha4j.mysql.line.Line;
import io.mha4j.mysql.tls.PemTls;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.Driver;
import org.mariadb.jdbc.client.DataType;

/** How the driver is told to log in. */
final class Login {
    static final String DOING = "log in";

    /**
     * MHA 0.58, DBHelper: {@code SET wait_timeout=86400}. A limit that a server has for its clients' statements would cut
     * off what waits in there for transactions or locks; only the version comments tell who knows which variable before
     * the server has told its version (MySQL 5.7.8, MariaDB 10.1.1).
     */
    private static final String SESSION_VARIABLES = "wait_timeout=86400,sql_mode='" + Sql.MODE
            + "'/*!50708 ,max_execution_time=0 *//*M!100101 ,max_statement_time=0 */";

    /** The driver writes whole statements to its log, passwords included; it looks at this when it is loaded. */
    private static final String DRIVER_LOG_OFF = "mariadb.logging.disable";

    private static final String FILES = "allowLocalInfile";

    private Login() {}

    /** Loads what the driver needs for any login, so that the first one need not. Asks no server. */
    static void prepare() {
        System.setProperty(DRIVER_LOG_OFF, "true");
        try {
            Configuration.parse("jdbc:mariadb://address=(host=127.0.0.1)(port=1)/", new Properties());
        } catch (SQLException e) {
            throw new IllegalStateException("the driver does not take the plainest address", e);
        }
        if (DataType.values().length == 0) {
            throw new IllegalStateException("the driver knows no types of columns");
        }
    }

    static Connection to(ServerSettings settings, Deadline deadline) {
        return connect(settings, deadline, properties -> {});
    }

    /** A login over a socket that {@code line} gets to know. */
    static Connection over(Line line, ServerSettings settings, Deadline deadline) {
        return connect(settings, deadline, line::use);
    }

    /** A login whose statements may send bytes in place of a file; none of them names a file of the manager's host. */
    static Connection forEvents(Line line, ServerSettings settings, Deadline deadline) {
        return connect(settings, deadline, properties -> {
            line.use(properties);
            properties.setProperty(FILES, "true");
        });
    }

    /** On a full server at the door for administrators too; if that is shut as well, the first refusal counts. */
    private static Connection connect(ServerSettings settings, Deadline deadline, Consumer<Properties> more) {
        System.setProperty(DRIVER_LOG_OFF, "true");
        try {
            return connect(settings, settings.id().port(), deadline, more);
        } catch (SQLException e) {
            MysqlException refused = MysqlException.of(settings.id(), DOING, DriverError.ofConnect(e), e);
            Optional<Integer> reserved = settings.mysql().adminPort().filter(port -> DriverError.isFull(e));
            if (reserved.isEmpty()) {
                throw refused;
            }
            try {
                return connect(settings, reserved.get(), deadline, more);
            } catch (SQLException shut) {
                refused.addSuppressed(shut);
                throw refused;
            }
        }
    }

    private static Connection connect(ServerSettings settings, int port, Deadline deadline, Consumer<Properties> more)
            throws SQLException {
        Duration left = deadline.remaining();
        if (left.isZero()) {
            throw MysqlException.of(settings.id(), DOING, DriverError.late("no time left to log in"), null);
        }
        Properties properties = properties(settings, left);
        // A server may ask for any file of the manager's host.
        properties.setProperty(FILES, "false");
        more.accept(properties);
        return new Driver().connect(url(settings, port), properties);
    }

    /** Milliseconds for the driver, to whom 0 means "no limit". */
    static int millis(Duration time) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, time.toMillis()));
    }

    private static String url(ServerSettings settings, int port) {
        return "jdbc:mariadb://address=(host=" + settings.id().ip() + ")(port=" + port + ")/";
    }

    private static void encrypt(Tls tls, Properties properties) {
        String mode =
                switch (tls.mode()) {
                    case OFF -> "disable";
                    case TRUST -> "trust";
                    case VERIFY_CA -> "verify-ca";
                    case VERIFY -> "verify-full";
                };
        properties.setProperty("sslMode", mode);
        if (tls.mode() != TlsMode.OFF) {
            PemTls.use(tls, properties);
        }
    }

    private static Properties properties(ServerSettings settings, Duration left) {
        String limit = Integer.toString(millis(left));
        Properties properties = new Properties();
        properties.setProperty("user", settings.mysql().user());
        properties.setProperty("password", settings.mysql().password().reveal());
        properties.setProperty("connectTimeout", limit);
        properties.setProperty("socketTimeout", limit);
        properties.setProperty("sessionVariables", SESSION_VARIABLES);
        properties.setProperty("allowPublicKeyRetrieval", "true");
        encrypt(settings.mysql().tls(), properties);
        // Otherwise the driver adds STRICT_TRANS_TABLES to sql_mode.
        properties.setProperty("jdbcCompliantTruncation", "false");
        // A server may redirect clients to another server (MariaDB's redirect_url); we want this very one.
        properties.setProperty("permitRedirect", "false");
        properties.setProperty("dumpQueriesOnException", "false");
        return properties;
    }
}
