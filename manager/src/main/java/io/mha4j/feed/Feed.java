package io.mha4j.feed;

import io.mha4j.archive.Archive;
import io.mha4j.base.Deadline;
import io.mha4j.base.Ticks;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * A replication source that has an archive for its binary log. Any number of replicas may follow it at once; each gets
 * the events from where it asks for them on, and stays connected when it has all. Nothing that a client does holds up
 * another one or {@link #close}. Safe for use by several threads.
 */
public final class Feed implements AutoCloseable {
    private static final int BACKLOG = 64;
    private static final int CONNECTIONS = 256;
    private static final int REMEMBERED = 64;
    private static final Duration LOOK_AROUND = Duration.ofMillis(200);
    /** As {@code net_write_timeout} of servers. */
    private static final Duration STALL = Duration.ofSeconds(60);

    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final ServerSocket door;
    private final Served served;
    private final Duration stall;
    private final Thread porter;
    /** In the order of coming; guarded by itself. */
    private final List<Visit> visits = new ArrayList<>();

    /** Guarded by {@link #visits}. */
    private int visitors;

    private volatile Optional<String> lastProblem = Optional.empty();
    private volatile boolean closing;

    private record Visit(Connection connection, Thread thread) {
        boolean isOver() {
            return !connection.progress().open();
        }
    }

    /**
     * Where time comes from.
     *
     * @param clock what replicas compare their own clocks with
     */
    public record Time(Ticks ticks, InstantSource clock) {}

    private Feed(ServerSocket door, Served served, Duration stall) {
        this.door = door;
        this.served = served;
        this.stall = stall;
        this.porter = daemon("feed-" + door.getLocalPort(), this::letIn);
    }

    /**
     * Opens a feed. Its account's password is made up at random and known to nobody else.
     *
     * @param listen  address and port, 0 for any; loopback is best where replicas reach it by a forwarded port
     * @param archive not empty
     * @throws FeedException            if the address cannot be listened on
     * @throws IllegalArgumentException if the archive is empty
     */
    public static Feed open(InetSocketAddress listen, Archive archive, FeedIdentity identity, Time time) {
        return open(listen, archive, identity, time, STALL);
    }

    static Feed open(InetSocketAddress listen, Archive archive, FeedIdentity identity, Time time, Duration stall) {
        if (archive.isEmpty()) {
            throw new IllegalArgumentException("there is nothing to serve in " + archive.description());
        }
        SecureRandom luck = new SecureRandom();
        Served served =
                new Served(archive, identity, FeedAccount.of(identity.mark(), luck), luck, time.ticks(), time.clock());
        Feed feed = new Feed(listenOn(listen), served, stall);
        feed.porter.start();
        return feed;
    }

    private static ServerSocket listenOn(InetSocketAddress listen) {
        try {
            if (listen.isUnresolved()) {
                // Taken for every address there is otherwise.
                throw new UnknownHostException("there is no such address");
            }
            ServerSocket door = new ServerSocket(listen.getPort(), BACKLOG, listen.getAddress());
            door.setSoTimeout((int) LOOK_AROUND.toMillis());
            return door;
        } catch (IOException e) {
            throw new FeedException("cannot listen on " + listen + ": " + e.getMessage(), e);
        }
    }

    public int port() {
        return door.getLocalPort();
    }

    public FeedAccount account() {
        return served.account();
    }

    /** Each connection there is, and the latest of those there were, in the order of coming. */
    public List<FeedProgress> progress() {
        synchronized (visits) {
            return visits.stream().map(v -> v.connection().progress()).toList();
        }
    }

    /** What ended a connection last against our will, with the client's address; never a secret. */
    public Optional<String> lastProblem() {
        return lastProblem;
    }

    private void letIn() {
        while (!closing) {
            try {
                Socket client = door.accept();
                if (!served.identity().mayConnect(client.getInetAddress())) {
                    turnAway(client, "may not connect");
                } else {
                    admit(client);
                }
            } catch (SocketTimeoutException e) {
                // Nobody came: time to look around.
            } catch (IOException e) {
                if (!closing) {
                    lastProblem = Optional.of("cannot accept connections: " + e.getMessage());
                    LockSupport.parkNanos(LOOK_AROUND.toNanos());
                }
            }
            lookAround();
        }
    }

    private void turnAway(Socket client, String why) throws IOException {
        lastProblem = Optional.of(client.getInetAddress().getHostAddress() + ": " + why);
        client.close();
    }

    private void admit(Socket client) throws IOException {
        synchronized (visits) {
            if (visits.stream().filter(v -> !v.isOver()).count() >= CONNECTIONS || closing) {
                turnAway(client, "there are " + CONNECTIONS + " connections already");
                return;
            }
            int number = ++visitors;
            Connection connection = new Connection(new Line(client, served.ticks(), stall), served, number);
            Visit visit = new Visit(connection, daemon("feed-" + port() + "-" + number, () -> serve(connection)));
            visits.add(visit);
            visit.thread().start();
        }
    }

    private void serve(Connection connection) {
        connection.run();
        connection.progress().problem().filter(p -> !closing).ifPresent(p -> lastProblem = Optional.of(p));
    }

    private void lookAround() {
        synchronized (visits) {
            visits.forEach(v -> v.connection().cutIfStalled());
            while (visits.size() > REMEMBERED && visits.stream().anyMatch(Visit::isOver)) {
                visits.remove(visits.stream().filter(Visit::isOver).findFirst().orElseThrow());
            }
        }
    }

    private static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Hangs up on everybody and frees the port; takes two seconds at the most. */
    @Override
    public void close() {
        closing = true;
        try {
            door.close();
        } catch (IOException e) {
            // The port is freed when the program ends.
        }
        List<Visit> all;
        synchronized (visits) {
            all = List.copyOf(visits);
        }
        all.forEach(v -> v.connection().close());
        Deadline deadline = Deadline.in(LAST_WORDS, served.ticks());
        all.forEach(v -> join(v.thread(), deadline));
        join(porter, deadline);
    }

    private static void join(Thread thread, Deadline deadline) {
        try {
            thread.join(Math.max(1, deadline.remaining().toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
