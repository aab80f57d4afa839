package io.mha4j.lab.stage;

import io.mha4j.base.InterruptedWork;
import io.mha4j.lab.base.Waiter;
import io.mha4j.lab.server.LabServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/** Asks replicas over kept connections whether they are writable, and remembers when each first was. */
public final class WritableWatch implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    private final Waiter waiter;
    private final Map<LabServer, Long> since = new ConcurrentHashMap<>();
    private final List<Thread> watchers;
    private volatile boolean wanted = true;

    private WritableWatch(List<LabServer> servers, Waiter waiter) {
        this.waiter = waiter;
        this.watchers = servers.stream()
                .map(server -> new Thread(() -> watch(server), "writable-watch-" + server.host()))
                .toList();
    }

    public static WritableWatch of(List<LabServer> servers, Waiter waiter) {
        WritableWatch watch = new WritableWatch(servers, waiter);
        watch.watchers.forEach(thread -> {
            thread.setDaemon(true);
            thread.start();
        });
        return watch;
    }

    private void watch(LabServer server) {
        while (wanted && !since.containsKey(server)) {
            try (Connection connection = server.connect();
                    Statement statement = connection.createStatement()) {
                while (wanted && !writable(statement)) {
                    pause();
                }
                if (wanted) {
                    since.put(server, waiter.ticks().nanos());
                }
            } catch (SQLException e) {
                // The manager may end sessions of a server that it opens; ask again over a new one.
                pause();
            }
        }
    }

    /** Whether the server takes writes of clients. */
    static boolean writable(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT @@global.read_only")) {
            return row.next() && row.getInt(1) == 0;
        }
    }

    private void pause() {
        try {
            waiter.sleeper().sleep(BETWEEN_LOOKS);
        } catch (InterruptedException e) {
            throw InterruptedWork.during("watching for a writable server", e);
        }
    }

    /** The servers seen writable. */
    public List<LabServer> writable() {
        return List.copyOf(since.keySet());
    }

    public OptionalLong firstTick() {
        return since.values().stream().mapToLong(Long::longValue).min();
    }

    @Override
    public void close() {
        wanted = false;
        try {
            for (Thread watcher : watchers) {
                watcher.join();
            }
        } catch (InterruptedException e) {
            throw InterruptedWork.during("ending the watch", e);
        }
    }
}
