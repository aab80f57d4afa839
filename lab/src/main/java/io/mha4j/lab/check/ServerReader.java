package io.mha4j.lab.check;

import io.mha4j.lab.check.Fingerprint.Table;
import io.mha4j.lab.load.LoadTable;
import io.mha4j.lab.load.Write.RowKey;
import java.sql.Connection;
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
            String name = "`" + SCHEMA + "`.`" + table.replace("`", "``") + "`";
            String checksum = one("CHECKSUM TABLE " + name, 2).orElse("none");
            long rows = Long.parseLong(one("SELECT COUNT(*) FROM " + name, 1).orElse("0"));
            tables.put(table, new Table(checksum, rows));
        }
        return new Fingerprint(tables);
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
}
