package io.mha4j.mysql.apply;

import io.mha4j.base.Deadline;
import io.mha4j.mysql.ServerSession;
import io.mha4j.mysql.line.Line;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.client.Client;
import org.mariadb.jdbc.client.Context;
import org.mariadb.jdbc.client.socket.Writer;
import org.mariadb.jdbc.message.ClientMessage;

/** A login of its own to the server, for statements made of bytes. Closing it rolls back what is open. */
final class RawSession implements AutoCloseable {
    /** What waits for an answer has a limit that tells more. */
    private static final Duration AFTER_READS = Duration.ofSeconds(1);

    private final ServerSession server;
    private final Connection connection;
    private final Client client;
    private final CompletableFuture<Void> limit;

    private RawSession(ServerSession server, Connection connection, CompletableFuture<Void> limit) throws SQLException {
        this.server = server;
        this.connection = connection;
        this.limit = limit;
        this.client = connection.unwrap(org.mariadb.jdbc.Connection.class).getClient();
    }

    /** @param deadline for all that the session is used for */
    static RawSession open(ServerSession server, Deadline deadline) {
        Line line = new Line();
        Connection connection = server.loginForEvents(line, deadline);
        try {
            return new RawSession(server, connection, limit(line, deadline));
        } catch (SQLException e) {
            throw server.failure("log in", e);
        }
    }

    /** Java knows no limit for writes, and a server that stands still may take the rest of a statement never. */
    private static CompletableFuture<Void> limit(Line line, Deadline deadline) {
        CompletableFuture<Void> limit = new CompletableFuture<>();
        Duration last = deadline.remaining().plus(AFTER_READS);
        CompletableFuture<Void> unused = limit.orTimeout(last.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(late -> {
                    line.cut();
                    return null;
                });
        return limit;
    }

    /** Runs a statement; rows that it may answer are thrown away. */
    void send(Statement statement, Deadline deadline) {
        try {
            prepare(statement.shown(), deadline);
            client.execute(new RawStatement(statement), false);
        } catch (SQLException e) {
            throw server.failure(statement.shown(), e);
        }
    }

    void run(String sql, Deadline deadline) {
        send(Statement.of(sql), deadline);
    }

    /** Rows of an answer as texts; NULL is empty. */
    List<List<String>> rows(String sql, Deadline deadline) {
        try (java.sql.Statement statement = connection.createStatement()) {
            prepare(sql, deadline);
            try (ResultSet result = statement.executeQuery(sql)) {
                List<List<String>> rows = new ArrayList<>();
                int columns = result.getMetaData().getColumnCount();
                while (result.next()) {
                    List<String> row = new ArrayList<>();
                    for (int i = 1; i <= columns; i++) {
                        row.add(Optional.ofNullable(result.getString(i)).orElse(""));
                    }
                    rows.add(row);
                }
                return rows;
            }
        } catch (SQLException e) {
            throw server.failure(sql, e);
        }
    }

    private void prepare(String doing, Deadline deadline) throws SQLException {
        Duration left = deadline.remaining();
        if (left.isZero()) {
            throw server.notAsAsked(doing, "no time left");
        }
        connection.setNetworkTimeout(Runnable::run, (int) Math.min(Integer.MAX_VALUE, Math.max(1, left.toMillis())));
    }

    /** Never throws. */
    @Override
    public void close() {
        limit.complete(null);
        try {
            connection.close();
        } catch (SQLException e) {
            // A connection that cannot say goodbye is gone already, and its transaction with it.
        }
    }

    /** COM_QUERY with the statement's bytes as they are; the driver's own messages encode text. */
    private static final class RawStatement implements ClientMessage {
        private static final int COM_QUERY = 3;

        private final Statement statement;

        RawStatement(Statement statement) {
            this.statement = statement;
        }

        @Override
        public int encode(Writer writer, Context context) throws IOException {
            writer.initPacket();
            writer.writeByte(COM_QUERY);
            statement.bytes().writeTo(new Packets(writer));
            writer.flush();
            return 1;
        }

        /** Only what the statement brings is ever sent, whatever file the server asks for. */
        @Override
        public @Nullable InputStream getLocalInfileInputStream() {
            return statement.file().orElse(InputStream.nullInputStream());
        }

        private static final class Packets extends OutputStream {
            private final Writer writer;

            Packets(Writer writer) {
                this.writer = writer;
            }

            @Override
            public void write(int b) throws IOException {
                writer.writeByte(b);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                writer.writeBytes(bytes, from, length);
            }
        }
    }
}
