package io.mha4j.lab.content;

import io.mha4j.lab.server.Account;
import io.mha4j.lab.server.LabServer;
import io.mha4j.lab.server.ServerKind;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** One session of root in schema {@code test}, free to send files of this host. */
final class Client implements AutoCloseable {
    private static final String OPTIONS = "connectTimeout=5000&socketTimeout=120000&sslMode=disable"
            + "&allowPublicKeyRetrieval=true&jdbcCompliantTruncation=false&allowLocalInfile=true";

    private final Connection connection;

    private Client(Connection connection) {
        this.connection = connection;
    }

    static Client of(LabServer server) throws SQLException {
        String url = "jdbc:mariadb://%s:%d/test?%s".formatted(server.host(), server.port(), OPTIONS);
        Client client = new Client(DriverManager.getConnection(url, Account.ROOT.user(), Account.ROOT.password()));
        if (server.kind().compareTo(ServerKind.MYSQL_5_7) >= 0) {
            // The driver closes a connection of which it hears that its character set is not UTF-8 any more.
            client.run("SET session_track_system_variables=''");
        }
        return client;
    }

    void run(String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                try {
                    statement.execute(sql);
                } catch (SQLException e) {
                    throw new SQLException(sql + ": " + e.getMessage(), e.getSQLState(), e.getErrorCode(), e);
                }
            }
        }
    }

    /** Runs a statement that must fail with this error. */
    void fails(int code, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            if (e.getErrorCode() == code) {
                return;
            }
            throw e;
        }
        throw new SQLException(sql + ": no error " + code);
    }

    /** Puts bytes in place of the question marks, as they are, into the statement's text. */
    void bytes(String sql, byte[]... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setBytes(i + 1, values[i]);
            }
            statement.execute();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
