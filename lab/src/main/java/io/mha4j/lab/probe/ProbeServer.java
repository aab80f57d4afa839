package io.mha4j.lab.probe;

import io.mha4j.base.Deadline;
import io.mha4j.base.Secret;
import io.mha4j.base.ServerId;
import io.mha4j.base.Sleeper;
import io.mha4j.base.Ticks;
import io.mha4j.config.ServerSettings;
import io.mha4j.mysql.ReplicationControl;
import io.mha4j.mysql.ServerSession;
import io.mha4j.mysql.SourceControl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One server under probe: how the manager sees it, and a client of our own. */
final class ProbeServer implements AutoCloseable {
    static final Ticks TICKS = System::nanoTime;
    static final Sleeper SLEEPER = time -> Thread.sleep(time.toMillis(), time.toNanosPart() % 1_000_000);

    private final ServerSettings settings;
    private final long pid;
    private final String channel;
    private final ServerSession session;

    ProbeServer(ServerSettings settings, long pid, String channel) {
        this.settings = settings;
        this.pid = pid;
        this.channel = channel;
        this.session = ServerSession.open(settings, in(5));
    }

    static ServerSettings settings(int order, String host, int port, String user, String password) {
        return new ServerSettings(
                new ServerId(order, "server" + (order + 1), host, host, port),
                Optional.empty(),
                new ServerSettings.Mysql(user, new Secret(password), Optional.empty(), Optional.empty()),
                new ServerSettings.Ssh(host, host, 22, "root", List.of(), Duration.ofSeconds(5)),
                new ServerSettings.Roles(false, false, false, false),
                new ServerSettings.Policy(true, true, true, false, false, true, true, false),
                new ServerSettings.Paths(
                        "/var/tmp", List.of("/var/lib/mysql"), Optional.empty(), Optional.empty(), Optional.empty()),
                new ServerSettings.Watching(Duration.ofSeconds(3), ServerSettings.PingType.SELECT, Optional.empty()),
                new ServerSettings.Scripts(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
    }

    static Deadline in(double seconds) {
        return Deadline.in(Duration.ofMillis((long) (seconds * 1000)), TICKS);
    }

    /** The same server with another login. */
    ServerSettings as(String user, String password) {
        ServerId id = settings.id();
        return settings(id.order(), id.ip(), id.port(), user, password);
    }

    ServerSettings settings() {
        return settings;
    }

    ServerId id() {
        return settings.id();
    }

    ServerSession session() {
        return session;
    }

    ServerSession another() {
        return ServerSession.open(settings, in(5));
    }

    ReplicationControl replication() {
        return new ReplicationControl(session, channel, SLEEPER);
    }

    ReplicationControl replication(String otherChannel) {
        return new ReplicationControl(session, otherChannel, SLEEPER);
    }

    SourceControl control() {
        return new SourceControl(session);
    }

    String channel() {
        return channel;
    }

    /** Runs statements as a client with all rights. */
    void sql(String... statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(id() + ": " + List.of(statements), e);
        }
    }

    String value(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.next()
                    ? String.valueOf(result.getString(result.getMetaData().getColumnCount()))
                    : "";
        } catch (SQLException e) {
            throw new IllegalStateException(id() + ": " + sql, e);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:mariadb://" + id().ip() + ":" + id().port() + "/?user="
                        + settings.mysql().user() + "&password="
                        + settings.mysql().password().reveal()
                        + "&connectTimeout=5000&socketTimeout=30000&allowPublicKeyRetrieval=true&jdbcCompliantTruncation=false");
    }

    void freeze() {
        signal("-STOP");
        // The signal is on its way when kill returns; a thread on another core may still answer.
        ProbeTree.awaitTrue(() -> state().equals("T"));
    }

    void thaw() {
        signal("-CONT");
    }

    /** The third field of the kernel's line about the process. */
    private String state() {
        try {
            String line = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return line.substring(line.lastIndexOf(')') + 2).split(" ", 2)[0];
        } catch (IOException e) {
            throw new IllegalStateException("cannot read the state of " + pid, e);
        }
    }

    private void signal(String signal) {
        try {
            new ProcessBuilder("kill", signal, Long.toString(pid))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new IllegalStateException("cannot send " + signal + " to " + pid, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
