package io.mha4j.lab.server;

import io.mha4j.lab.base.LabException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Connections to one server; each call opens its own, so nothing is left behind when the server dies. */
final class Logins {
    private static final String OPTIONS = "connectTimeout=2000&socketTimeout=30000&sslMode=disable"
            + "&allowPublicKeyRetrieval=true&jdbcCompliantTruncation=false";

    private final String host;
    private final int port;

    Logins(String host, int port) {
        this.host = host;
        this.port = port;
    }

    Connection connect(Account account) throws SQLException {
        String url = "jdbc:mariadb://%s:%d/?%s".formatted(host, port, OPTIONS);
        return DriverManager.getConnection(url, account.user(), account.password());
    }

    boolean works(Account account) {
        try (Connection connection = connect(account)) {
            return connection.isValid(2);
        } catch (SQLException e) {
            return false;
        }
    }

    void run(List<String> statements) {
        String current = "connect";
        try (Connection connection = connect(Account.ROOT);
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                current = each;
                statement.execute(each);
            }
        } catch (SQLException e) {
            throw failed(current, e);
        }
    }

    Optional<String> value(String query) {
        try (Connection connection = connect(Account.ROOT);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
        } catch (SQLException e) {
            throw failed(query, e);
        }
    }

    Optional<Map<String, String>> row(String query) {
        try (Connection connection = connect(Account.ROOT);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next() ? Optional.of(current(rows)) : Optional.empty();
        } catch (SQLException e) {
            throw failed(query, e);
        }
    }

    private static Map<String, String> current(ResultSet rows) throws SQLException {
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
            row.put(
                    rows.getMetaData().getColumnLabel(i),
                    Optional.ofNullable(rows.getString(i)).orElse(""));
        }
        return row;
    }

    private LabException failed(String statement, SQLException e) {
        return new LabException("%s:%d: %s: %s".formatted(host, port, statement, e.getMessage()), e);
    }
}
