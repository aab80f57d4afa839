package io.mha4j.lab.load;

import io.mha4j.base.InterruptedWork;
import io.mha4j.lab.load.Write.Outcome;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.function.BooleanSupplier;

/** One connection of the load: writes at its pace, connects again whenever it has to. */
final class LoadConnection {
    private static final String PAYLOAD = "mha4j load payload ".repeat(6).strip();

    private final LoadSpec spec;
    private final int client;
    private final Clocks clocks;
    private final WriteLog log;
    private long sequence;

    LoadConnection(LoadSpec spec, int client, Clocks clocks, WriteLog log) {
        this.spec = spec;
        this.client = client;
        this.clocks = clocks;
        this.log = log;
    }

    void writeWhile(BooleanSupplier wanted) {
        while (wanted.getAsBoolean()) {
            try (Connection connection = connect();
                    PreparedStatement insert = connection.prepareStatement(LoadTable.INSERT)) {
                writeOver(insert, wanted);
            } catch (SQLException e) {
                // Nothing was in flight here: a failed write has already been recorded.
                pause(spec.retry());
            }
        }
    }

    private void writeOver(PreparedStatement insert, BooleanSupplier wanted) throws SQLException {
        long next = clocks.ticks().nanos();
        while (wanted.getAsBoolean()) {
            write(insert);
            next += spec.pace().toNanos();
            long early = next - clocks.ticks().nanos();
            if (early > 0) {
                pause(Duration.ofNanos(early));
            } else {
                // Late writes are not made up for: a stall must not be followed by a burst.
                next -= early;
            }
        }
    }

    private void write(PreparedStatement insert) throws SQLException {
        insert.setInt(1, client);
        insert.setLong(2, ++sequence);
        insert.setString(3, PAYLOAD);
        long start = clocks.ticks().nanos();
        try {
            insert.executeUpdate();
            log.add(outcome(start, Outcome.ACKNOWLEDGED));
        } catch (SQLException e) {
            if (Refusals.proves(e)) {
                log.refused();
            } else {
                log.add(outcome(start, Outcome.UNKNOWN));
            }
            throw e;
        }
    }

    private Write outcome(long start, Outcome outcome) {
        long end = clocks.ticks().nanos();
        return new Write(client, sequence, start, end, clocks.wall().instant(), outcome);
    }

    private Connection connect() throws SQLException {
        Properties options = new Properties();
        options.setProperty("user", spec.account().user());
        options.setProperty("password", spec.account().password().reveal());
        String limit = Long.toString(spec.timeout().toMillis());
        options.setProperty("connectTimeout", limit);
        options.setProperty("socketTimeout", limit);
        options.setProperty("allowPublicKeyRetrieval", "true");
        options.setProperty("sslMode", "disable");
        return DriverManager.getConnection("jdbc:mariadb://" + spec.host() + ":" + spec.port() + "/", options);
    }

    private void pause(Duration pause) {
        try {
            clocks.sleeper().sleep(pause);
        } catch (InterruptedException e) {
            throw InterruptedWork.during("the load", e);
        }
    }
}
