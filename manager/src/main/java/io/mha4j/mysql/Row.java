package io.mha4j.mysql;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One row of an answer: column labels (upper and lower case are the same) to texts. SQL's NULL counts as absent. */
public final class Row {
    private final TreeMap<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    private Row() {}

    static Row of(Map<String, String> values) {
        Row row = new Row();
        row.values.putAll(values);
        return row;
    }

    static List<Row> all(ResultSet result) throws SQLException {
        ResultSetMetaData columns = result.getMetaData();
        List<Row> rows = new ArrayList<>();
        while (result.next()) {
            Row row = new Row();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                String text = result.getString(i);
                if (text != null) {
                    row.values.put(columns.getColumnLabel(i), text);
                }
            }
            rows.add(row);
        }
        return rows;
    }

    public Optional<String> text(String column) {
        return Optional.ofNullable(values.get(column));
    }

    /** The text; empty where the column is missing or NULL. */
    public String textOrEmpty(String column) {
        return text(column).orElse("");
    }

    /** The number; 0 where the column is missing, NULL or empty. */
    public long number(String column) {
        return text(column).filter(t -> !t.isEmpty()).map(Long::parseLong).orElse(0L);
    }

    /** The only value of a row with one column, or with the first label in text order. */
    public Optional<String> first() {
        return values.values().stream().findFirst();
    }

    /**
     * Whether a variable with this value is on. MariaDB 12 knows more than two values of {@code read_only}; each but OFF
     * stops writes, and {@code @@global.read_only} answers them in words.
     */
    public static boolean isOn(String value) {
        return !value.equals("OFF") && !value.equals("0") && !value.isEmpty();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
