package io.mha4j.lab.probe;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A session that holds a table locked for writing. */
record TableLock(Connection connection, String table) implements AutoCloseable {
    static TableLock take(ProbeServer server, String table) {
        try {
            Connection connection = DriverManager.getConnection("jdbc:mariadb://"
                    + server.id().ip() + ":" + server.id().port() + "/?user="
                    + server.settings().mysql().user() + "&password="
                    + server.settings().mysql().password().reveal()
                    + "&connectTimeout=5000&socketTimeout=30000&allowPublicKeyRetrieval=true");
            try (Statement statement = connection.createStatement()) {
                statement.execute("LOCK TABLES " + table + " WRITE");
            }
            return new TableLock(connection, table);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot lock " + table, e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot unlock " + table, e);
        }
    }

    @Override
    public String toString() {
        return "lock on " + table;
    }
}
