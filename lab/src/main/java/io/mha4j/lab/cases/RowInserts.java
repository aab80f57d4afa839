package io.mha4j.lab.cases;

import io.mha4j.lab.script.Step;
import io.mha4j.lab.server.LabServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Inserts numbered rows into {@code test.t1}, so many per transaction. */
final class RowInserts {
    private RowInserts() {}

    static void run(LabServer server, Step.Insert step) {
        try (Connection connection = server.connect();
                PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO test.t1 (id, value, value2) VALUES (?, ?, ?)")) {
            connection.setAutoCommit(step.perTransaction() == 1);
            for (long id = step.first(); id <= step.last(); id++) {
                insert.setLong(1, id);
                insert.setLong(2, id % 1000);
                insert.setString(3, "row " + id);
                insert.executeUpdate();
                boolean full = (id - step.first() + 1) % step.perTransaction() == 0;
                if (step.perTransaction() > 1 && (full || id == step.last())) {
                    connection.commit();
                }
            }
        } catch (SQLException e) {
            throw new CaseFailed("cannot insert rows on " + server + ": " + e.getMessage(), e);
        }
    }
}
