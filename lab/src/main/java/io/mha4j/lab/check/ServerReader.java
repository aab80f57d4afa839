package io.mha4j.lab.check;

import io.mha4j.lab.check.Fingerprint.Table;
import io.mha4j.lab.load.LoadTable;
import io.mha4j.lab.load.Write.RowKey;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads over one connection what the checker wants to know; the caller closes it. */
public final class ServerReader {
    private static final String SCHEMA = "test";

    private final Connection connection;

    public ServerReader(Connection connection) {
        this.connection = connection;
    }

    /** How often each key of the load's table is there. */
    public Map<RowKey, Long> loadRows() throws SQLException {
        Map<RowKey, Long> rows = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(
                        "SELECT client, sequence, COUNT(*) FROM " + LoadTable.NAME + " GROUP BY client, sequence")) {
            while (result.next()) {
                rows.put(new RowKey(result.getInt(1), result.getLong(2)), result.getLong(3));
            }
        }
        return rows;
    }

    public Fingerprint fingerprint() throws SQLException {
        SortedMap<String, Table> tables = new TreeMap<>();
        for (String table : tables()) {
            String name = "`" + SCHEMA + "`.`" + table + "`";
            String checksum = one("CHECKSUM TABLE " + name, 2).orElse("none");
            long rows = Long.parseLong(one("SELECT COUNT(*) FROM " + name, 1).orElse("0"));
            tables.put(table, new Table(checksum, rows));
        }
        return new Fingerprint(tables);
    }

    /** Empty for a server without replication settings. */
    public Optional<Following> following() throws SQLException {
        boolean source = saysSource();
        try (Statement statement = connection.createStatement();
                ResultSet status = statement.executeQuery(source ? "SHOW REPLICA STATUS" : "SHOW SLAVE STATUS")) {
            if (!status.next()) {
                return Optional.empty();
            }
            String from = source ? "Source_" : "Master_";
            String threads = source ? "Replica_" : "Slave_";
            return Optional.of(new Following(
                    status.getString(from + "Host"),
                    status.getInt(from + "Port"),
                    "Yes".equals(status.getString(threads + "IO_Running")),
                    "Yes".equals(status.getString(threads + "SQL_Running")),
                    (text(status, "Last_IO_Error") + " " + text(status, "Last_SQL_Error")).strip()));
        }
    }

    public boolean readOnly() throws SQLException {
        return one("SELECT @@global.read_only", 1).filter("1"::equals).isPresent();
    }

    /** First column of the first row; empty for no row or a null. */
    public Optional<String> value(String query) throws SQLException {
        return one(query, 1);
    }

    private List<String> tables() throws SQLException {
        List<String> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT table_name FROM information_schema.tables"
                        + " WHERE table_schema = '" + SCHEMA + "' AND table_type = 'BASE TABLE' ORDER BY 1")) {
            while (result.next()) {
                tables.add(result.getString(1));
            }
        }
        return tables;
    }

    private Optional<String> one(String query, int column) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            return result.next() ? Optional.ofNullable(result.getString(column)) : Optional.empty();
        }
    }

    /** MySQL took the old words away in 8.4; MariaDB keeps them. */
    private boolean saysSource() throws SQLException {
        DatabaseMetaData server = connection.getMetaData();
        boolean mariadb = server.getDatabaseProductVersion().contains("MariaDB");
        int major = server.getDatabaseMajorVersion();
        return !mariadb && (major > 8 || (major == 8 && server.getDatabaseMinorVersion() >= 4));
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column)).orElse("");
    }
}
