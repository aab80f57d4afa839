package io.mha4j.lab.check;

import io.mha4j.lab.base.LabException;
import io.mha4j.lab.load.LoadRecord;
import io.mha4j.lab.server.LabServer;
import java.sql.Connection;
import java.sql.SQLException;

/** Holds a record of writes against a server. */
public final class WriteCheck {
    private WriteCheck() {}

    /**
     * Compares {@code record} with what {@code server} holds now; the load must have ended.
     *
     * @throws LabException if the server cannot be read
     */
    public static WriteComparison compare(LoadRecord record, LabServer server) {
        try (Connection connection = server.connect()) {
            return WriteComparison.of(record, new ServerReader(connection).loadRows());
        } catch (SQLException e) {
            throw new LabException("cannot read the load's rows on " + server + ": " + e.getMessage(), e);
        }
    }
}
