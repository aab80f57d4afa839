package io.mha4j.mysql;

import io.mha4j.base.Deadline;
import io.mha4j.base.ServerId;
import io.mha4j.base.Ticks;
import io.mha4j.binlog.Gtids;
import io.mha4j.config.ServerSettings;
import io.mha4j.mysql.line.Line;
import io.mha4j.topology.ReplicaStatus;
import io.mha4j.topology.ServerFacts;
import io.mha4j.topology.ServerVersion;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One login to one server. For one thread at a time. Every call comes back by its deadline: a server that stops
 * answering costs the session, which is then closed ({@link MysqlException.Kind#UNREACHABLE}).
 */
public final class ServerSession implements AutoCloseable {
    private static final Sql PING = Sql.of("SELECT 1");
    private static final Sql UPTIME = Sql.of("SHOW GLOBAL STATUS LIKE 'Uptime'");
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final ServerSettings settings;
    private final Connection connection;
    private final ServerVersion version;
    private final Own own;
    private Consumer<String> listener = statement -> {};
    private long lockPatience = -1;

    /**
     * A connection of this process, by which it is found again on the server when it was lost.
     *
     * @param number the server's
     * @param opened tick by which it was open
     */
    public record Own(long number, Ticks ticks, long opened) {
        private static final Duration ROUNDING = Duration.ofSeconds(1);

        /** A server that runs for a shorter time was restarted since, and may have given the number to anybody. */
        boolean isOlderThan(Duration uptime) {
            return Duration.ofNanos(ticks.nanos() - opened).compareTo(uptime.plus(ROUNDING)) > 0;
        }
    }

    private ServerSession(ServerSettings settings, Connection connection, Ticks ticks) throws SQLException {
        this.settings = settings;
        this.connection = connection;
        // Both come with the greeting: no question is asked.
        this.version = ServerVersion.parse(connection.getMetaData().getDatabaseProductVersion());
        long number = connection.unwrap(org.mariadb.jdbc.Connection.class).getThreadId();
        this.own = new Own(number, ticks, ticks.nanos());
    }

    /**
     * Logs in with the administrative account.
     *
     * @throws MysqlException of kind REFUSING or UNREACHABLE
     */
    public static ServerSession open(ServerSettings settings, Deadline deadline) {
        return of(settings, Login.to(settings, deadline), deadline);
    }

    /**
     * The same over a line that can be listened to between two questions.
     *
     * @throws MysqlException of kind REFUSING or UNREACHABLE
     */
    public static ServerSession openOver(Line line, ServerSettings settings, Deadline deadline) {
        return of(settings, Login.over(line, settings, deadline), deadline);
    }

    private static ServerSession of(ServerSettings settings, Connection connection, Deadline deadline) {
        try {
            return new ServerSession(settings, connection, deadline.ticks());
        } catch (SQLException e) {
            DriverError error = DriverError.ofConnect(e);
            throw MysqlException.of(settings.id(), Login.DOING, error, e);
        }
    }

    /** From now on tells {@code listener} every statement that is to change something, secrets masked, before it is sent. */
    public ServerSession tellingChanges(Consumer<String> newListener) {
        this.listener = newListener;
        return this;
    }

    public ServerId server() {
        return settings.id();
    }

    public ServerVersion version() {
        return version;
    }

    /** The server's number of this connection, for {@link #kill}. */
    public long connectionId() {
        return own.number();
    }

    /** This connection, for {@link #endLost} over another one when it is lost. */
    public Own own() {
        return own;
    }

    /** Whether the connection still exists, as far as this side knows; asks nobody. */
    public boolean isOpen() {
        try {
            return !connection.isClosed();
        } catch (SQLException e) {
            return false;
        }
    }

    /** MHA's {@code ping_type=SELECT}: one question over this connection. */
    public void ping(Deadline deadline) {
        query(PING, deadline);
    }

    /**
     * Everything a sweep wants to know of this server.
     *
     * @throws MysqlException too where an answer has a form that no server is known to give
     */
    public ServerFacts facts(Deadline deadline) {
        try {
            return new FactsQuery(this).ask(deadline);
        } catch (IllegalArgumentException e) {
            throw MysqlException.notAsAsked(
                    server(), "what it says of itself", "cannot be understood: " + e.getMessage());
        }
    }

    /**
     * Takes a named lock that lives as long as this session. Before MySQL 5.7.5 and MariaDB 10.0.2 a session holds one
     * lock only: taking another one gives the first one up (manual, "GET_LOCK").
     *
     * @param wait how long the server may wait for its present holder; rounded up to whole seconds
     * @return false if somebody else held it all the time
     */
    public boolean acquireLock(String name, Duration wait, Deadline deadline) {
        Sql sql = Sql.of("SELECT GET_LOCK(" + Sql.literal(name) + ", " + wholeSeconds(wait) + ") AS got");
        String got = rows(sql, deadline).stream()
                .findFirst()
                .flatMap(Row::first)
                .orElseThrow(() -> MysqlException.notAsAsked(
                        server(), sql.shown(), "the server gave no answer; look into its error log"));
        return got.equals("1");
    }

    /** Gives a lock back; false if this session did not hold it. */
    public boolean releaseLock(String name, Deadline deadline) {
        return value(Sql.of("SELECT RELEASE_LOCK(" + Sql.literal(name) + ") AS freed"), deadline)
                .filter("1"::equals)
                .isPresent();
    }

    /**
     * How long statements of this session wait, inside the server, for others to let go of tables; whole seconds, at
     * least one. Asks nothing of the server if it was told so already.
     */
    public void waitForLocks(Duration patience, Deadline deadline) {
        long seconds = Math.max(1, patience.toSeconds());
        if (seconds != lockPatience) {
            execute(Sql.of("SET SESSION lock_wait_timeout=" + seconds), deadline);
            lockPatience = seconds;
        }
    }

    /**
     * Ends a connection that this side lost, which may still hold a lock or wait for one. One that belongs to another
     * account or host now is left alone, and so is this one, and any that a server has which was restarted since: it gives
     * the same numbers again, to others of this account and host too.
     *
     * @return whether it was there until now: it may not have ended yet
     */
    public boolean endLost(Own lost, Deadline deadline) {
        return isStillOurs(lost.number(), own.number(), query(Sql.of("SHOW PROCESSLIST"), deadline))
                && !lost.isOlderThan(knownUptime(deadline))
                && kill(lost.number(), deadline);
    }

    /**
     * Ends the connection that holds a named lock, if it is one of the same account and host as this one: a process of ours
     * that died while it was cut off has left it there, and the server does not notice for hours.
     *
     * @return whether it was there until now: it may not have ended yet
     */
    public boolean endHolder(String lock, Deadline deadline) {
        Optional<Long> holder = value(Sql.of("SELECT IS_USED_LOCK(" + Sql.literal(lock) + ")"), deadline)
                .map(Long::parseLong);
        return holder.isPresent()
                && isStillOurs(holder.get(), own.number(), query(Sql.of("SHOW PROCESSLIST"), deadline))
                && kill(holder.get(), deadline);
    }

    /** Whether the server was started after that connection to it had been opened. */
    public boolean wasStartedSince(Own earlier, Deadline deadline) {
        return earlier.isOlderThan(knownUptime(deadline));
    }

    /** For how long the server has run, in whole seconds; absent where it does not tell. */
    public Optional<Duration> uptime(Deadline deadline) {
        return query(UPTIME, deadline).stream().findFirst().map(row -> Duration.ofSeconds(row.number("Value")));
    }

    private Duration knownUptime(Deadline deadline) {
        return uptime(deadline)
                .orElseThrow(() -> notAsAsked(UPTIME.shown(), "the server does not tell since when it runs"));
    }

    /** Whether connection {@code lost} is another one of the account and host that {@code own} is of. */
    static boolean isStillOurs(long lost, long own, List<Row> processes) {
        Optional<String> us = account(own, processes);
        return lost != own && us.isPresent() && us.equals(account(lost, processes));
    }

    private static Optional<String> account(long connection, List<Row> processes) {
        return processes.stream()
                .filter(process -> process.number("Id") == connection)
                .findFirst()
                .map(p -> p.textOrEmpty("User") + "@" + p.textOrEmpty("Host").replaceFirst(":\\d+$", ""));
    }

    /** Ends another connection; false if it does not exist any more. */
    public boolean kill(long otherConnection, Deadline deadline) {
        try {
            execute(Sql.of("KILL " + otherConnection), deadline);
            return true;
        } catch (MysqlException e) {
            if (e.errorCode() == 1094) { // unknown thread id
                return false;
            }
            throw e;
        }
    }

    /** Ends the session, and with it the locks it holds. Never throws. */
    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // Nothing is lost: a connection that cannot say goodbye is gone already.
        }
    }

    /**
     * Another login to the same server, as the driver gives it, for {@code mysql.apply}: its settings may be changed at
     * will, and a statement may send bytes of this side in place of a file. The caller closes it.
     *
     * @throws MysqlException of kind REFUSING or UNREACHABLE
     */
    public Connection loginForEvents(Line line, Deadline deadline) {
        return Login.forEvents(line, settings, deadline);
    }

    /**
     * Another session of the same kind with the same server, which tells its changes to the same listener; this one may be lost.
     *
     * @throws MysqlException of kind REFUSING or UNREACHABLE
     */
    ServerSession another(Deadline deadline) {
        return open(settings, deadline).tellingChanges(listener);
    }

    /** What the driver's failure on such a login means; {@code doing} is a statement without secrets, or words. */
    public MysqlException failure(String doing, SQLException e) {
        DriverError error =
                DriverError.ofStatement(e, Sql.of(doing), settings.mysql().user());
        return MysqlException.of(server(), doing, error, e);
    }

    /** The server did as told, and still it is not as asked. */
    public MysqlException notAsAsked(String doing, String sentence) {
        return MysqlException.notAsAsked(server(), doing, sentence);
    }

    /** Every channel that the server replicates by. */
    public List<ReplicaStatus> channels(Deadline deadline) {
        return new ReplicaStatusReader(dialect()).channels(query(dialect().replicaStatus(), deadline));
    }

    /** What has been executed here in GTIDs; empty where the server knows none or it cannot be told. */
    public Optional<Gtids> executed(Deadline deadline) {
        // In this order: what the channels have executed by then includes what the first answer counts as executed.
        return gtidState(deadline).flatMap(row -> dialect().executed(row, () -> channels(deadline)));
    }

    /** Whether the server gives its transactions identifiers. */
    boolean knowsGtids(Deadline deadline) {
        return gtidState(deadline).isPresent();
    }

    private Optional<Row> gtidState(Deadline deadline) {
        Dialect dialect = dialect();
        return dialect.gtidState()
                .flatMap(sql -> query(sql, deadline).stream().findFirst())
                .filter(dialect::knowsGtids);
    }

    Dialect dialect() {
        return Dialect.of(version);
    }

    public void execute(Sql sql, Deadline deadline) {
        listener.accept(sql.shown());
        run(sql, deadline, statement -> {
            statement.execute(sql.text());
            return true;
        });
    }

    /** Asks; a server that does not answer within 30 s does not answer, however long the whole work may take. */
    public List<Row> query(Sql sql, Deadline deadline) {
        return rows(sql, deadline.atMost(ANSWER));
    }

    /** The same; empty where our account lacks the privilege. */
    public Optional<List<Row>> queryIfPermitted(Sql sql, Deadline deadline) {
        try {
            return Optional.of(query(sql, deadline));
        } catch (MysqlException e) {
            if (e.kind() == MysqlException.Kind.PRIVILEGE) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private List<Row> rows(Sql sql, Deadline deadline) {
        return run(sql, deadline, statement -> {
            try (ResultSet result = statement.executeQuery(sql.text())) {
                return Row.all(result);
            }
        });
    }

    /** First column of the first row. */
    public Optional<String> value(Sql sql, Deadline deadline) {
        return query(sql, deadline).stream().findFirst().flatMap(Row::first);
    }

    private <T> T run(Sql sql, Deadline deadline, Work<T> work) {
        Duration left = deadline.remaining();
        if (left.isZero()) {
            throw MysqlException.of(server(), sql.shown(), DriverError.late("no time left to ask"), null);
        }
        if (!isOpen()) {
            throw MysqlException.of(server(), sql.shown(), DriverError.closed(), null);
        }
        try (Statement statement = connection.createStatement()) {
            connection.setNetworkTimeout(Runnable::run, Login.millis(left));
            return work.on(statement);
        } catch (SQLException e) {
            DriverError error = DriverError.ofStatement(e, sql, settings.mysql().user());
            throw MysqlException.of(server(), sql.shown(), error, sql.secrets().isEmpty() ? e : null);
        }
    }

    static long wholeSeconds(Duration time) {
        return time.plusMillis(999).toSeconds();
    }

    private interface Work<T> {
        T on(Statement statement) throws SQLException;
    }
}
