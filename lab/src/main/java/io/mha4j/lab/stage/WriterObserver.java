package io.mha4j.lab.stage;

import io.mha4j.base.InterruptedWork;
import io.mha4j.lab.base.Waiter;
import io.mha4j.lab.server.LabServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Asks servers every 5 ms whether they take writes, and remembers each answer with its time. */
public final class WriterObserver implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

    /** Between answers further apart a server may have been down. */
    private static final Duration UNBROKEN = Duration.ofMillis(100);

    private final Waiter waiter;
    private final List<Watched> watched;
    private volatile boolean wanted = true;

    /** An answer: the server was as it says at some time between the two ticks. */
    record Sample(long asked, long answered, boolean writable) {}

    private record Watched(LabServer server, List<Sample> samples) {
        synchronized void add(Sample sample) {
            samples.add(sample);
        }

        synchronized List<Sample> all() {
            return List.copyOf(samples);
        }
    }

    private WriterObserver(List<LabServer> servers, Waiter waiter) {
        this.waiter = waiter;
        this.watched = servers.stream()
                .map(server -> new Watched(server, new ArrayList<>()))
                .toList();
    }

    /** Begins at once, each server from a thread of its own. */
    public static WriterObserver of(List<LabServer> servers, Waiter waiter) {
        WriterObserver observer = new WriterObserver(servers, waiter);
        for (Watched each : observer.watched) {
            Thread thread = new Thread(
                    () -> observer.watch(each),
                    "writer-observer-" + each.server().host());
            thread.setDaemon(true);
            thread.start();
        }
        return observer;
    }

    private void watch(Watched each) {
        while (wanted) {
            try (Connection connection = each.server().connect();
                    Statement statement = connection.createStatement()) {
                while (wanted) {
                    each.add(sample(statement));
                    pause();
                }
            } catch (SQLException e) {
                // Down, or its sessions were ended.
                pause();
            }
        }
    }

    private Sample sample(Statement statement) throws SQLException {
        long asked = waiter.ticks().nanos();
        boolean writable = WritableWatch.writable(statement);
        return new Sample(asked, waiter.ticks().nanos(), writable);
    }

    private void pause() {
        try {
            waiter.sleeper().sleep(BETWEEN_LOOKS);
        } catch (InterruptedException e) {
            throw InterruptedWork.during("watching for writable servers", e);
        }
    }

    /** Two servers that took writes at the same time, in words; empty if no two were seen to. */
    public Optional<String> twoAtOnce() {
        for (Watched one : watched) {
            for (Watched other : watched) {
                if (!one.server().equals(other.server()) && overlap(one.all(), other.all())) {
                    return Optional.of(one.server() + " and " + other.server());
                }
            }
        }
        return Optional.empty();
    }

    /** Whether the one was writable at a time between two answers of the other that it was, too. */
    static boolean overlap(List<Sample> one, List<Sample> other) {
        int next = 1;
        for (Sample sample : one) {
            while (next < other.size() && other.get(next).asked() < sample.answered()) {
                next++;
            }
            if (sample.writable()
                    && next < other.size()
                    && other.get(next).writable()
                    && other.get(next - 1).writable()
                    && other.get(next - 1).answered() <= sample.asked()
                    && other.get(next).asked() - other.get(next - 1).answered() <= UNBROKEN.toNanos()) {
                return true;
            }
        }
        return false;
    }

    /** The longest time in which no server was seen to take writes, between two times at which one did. */
    public Duration longestGap() {
        List<Sample> writable = watched.stream()
                .flatMap(each -> each.all().stream())
                .filter(Sample::writable)
                .sorted(Comparator.comparingLong(Sample::asked))
                .toList();
        long longest = 0;
        for (int i = 1; i < writable.size(); i++) {
            longest = Math.max(
                    longest, writable.get(i).asked() - writable.get(i - 1).answered());
        }
        return Duration.ofNanos(longest);
    }

    @Override
    public void close() {
        wanted = false;
    }
}
