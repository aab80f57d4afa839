package io.mha4j.lab.cases;

import io.mha4j.lab.base.LabException;
import io.mha4j.lab.server.LabServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Clients that keep a server busy in the background, each in a session of its own. */
final class Sessions implements AutoCloseable {
    private record Session(LabServer server, Connection connection, long id) {}

    private final List<Session> open = new ArrayList<>();

    /** Starts {@code statement}, or several with {@code ;;} between them, in a new session; how it ends is nobody's business. */
    void add(LabServer server, String statement) {
        try {
            // Not closed when the statement ends: one that only takes a lock must keep it.
            Connection connection = server.connect();
            connection.setNetworkTimeout(Runnable::run, 0);
            open.add(new Session(server, connection, id(connection)));
            Thread thread = new Thread(() -> run(connection, statement), "client-" + server.host());
            thread.setDaemon(true);
            thread.start();
        } catch (SQLException e) {
            throw new CaseFailed("no client could connect to " + server + ": " + e.getMessage(), e);
        }
    }

    private static long id(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT CONNECTION_ID()")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void run(Connection connection, String statement) {
        try (Statement running = connection.createStatement()) {
            for (String one : statement.split(";;", -1)) {
                running.execute(one);
            }
        } catch (SQLException e) {
            // Killed, cut off or refused: that is what such clients are there for.
        }
    }

    /** Ends them on the servers, where a statement goes on after its client's connection is gone. */
    @Override
    public void close() {
        for (Session session : open) {
            try {
                if (session.server().running()) {
                    session.server().sql("KILL " + session.id());
                }
                session.connection().abort(Runnable::run);
            } catch (LabException | SQLException e) {
                // It was gone already, or its server does not answer.
            }
        }
        open.clear();
    }
}
