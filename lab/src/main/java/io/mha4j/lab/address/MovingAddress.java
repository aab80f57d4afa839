package io.mha4j.lab.address;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TCP address for clients whose server can be changed while they are connected, as a virtual address would be.
 *
 * <p>Connections go to the target of the route file. When the file changes, connections to the former target are cut,
 * then the ticket is acknowledged; from the acknowledgement on nothing reaches the former target any more. Without a
 * target, and while the target refuses, a client is reset as soon as it connects. Thread-safe.
 */
public final class MovingAddress implements ClientAddress {
    private static final int CONNECT_MILLIS = 1000;
    private static final int RECHECK_MILLIS = 100;
    private static final int BACKLOG = 256;

    private final ServerSocket listener;
    private final RouteFile file;
    private final WatchService watch;
    private final Links links = new Links();
    private final ExecutorService threads;
    private final AtomicInteger orders = new AtomicInteger();
    private String carriedOut = "";

    private MovingAddress(ServerSocket listener, RouteFile file, WatchService watch) {
        this.listener = listener;
        this.file = file;
        this.watch = watch;
        this.threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "address-" + listener.getLocalPort());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Listens on {@code host:port} (port 0 takes a free one) and follows {@code routeFile}, which need not exist yet;
     * its folder must.
     */
    public static MovingAddress open(String host, int port, Path routeFile) {
        RouteFile file = new RouteFile(routeFile);
        try {
            WatchService watch = file.folder().getFileSystem().newWatchService();
            file.folder().register(watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
            ServerSocket listener = new ServerSocket(port, BACKLOG, InetAddress.getByName(host));
            MovingAddress address = new MovingAddress(listener, file, watch);
            address.follow();
            address.threads.execute(address::watchRoute);
            address.threads.execute(address::accept);
            return address;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open the moving address " + host + ":" + port, e);
        }
    }

    @Override
    public String host() {
        return listener.getInetAddress().getHostAddress();
    }

    @Override
    public int port() {
        return listener.getLocalPort();
    }

    /** The file a hook script writes to move this address. */
    public Path routeFile() {
        return file.path();
    }

    @Override
    public Optional<Route.Target> target() {
        return links.target();
    }

    /** Writes the route file and carries it out before returning. */
    @Override
    public void pointTo(String host, int port) {
        order(Optional.of(new Route.Target(host, port)));
    }

    /** As {@link #pointTo}, but towards nobody. */
    public void withdraw() {
        order(Optional.empty());
    }

    private void order(Optional<Route.Target> target) {
        file.write(new Route(target, "lab-" + orders.incrementAndGet()));
        follow();
    }

    /** Ends the address; clients are cut. The files stay. */
    @Override
    public void close() {
        try (watch;
                listener) {
            links.redirect(Optional.empty());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the moving address", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private synchronized void follow() {
        file.read().filter(route -> !route.ticket().equals(carriedOut)).ifPresent(route -> {
            links.redirect(route.target());
            carriedOut = route.ticket();
            file.acknowledge(route);
        });
    }

    private void watchRoute() {
        try {
            while (!listener.isClosed()) {
                // The file is read after the time-out too: a notification may be lost when many come at once.
                WatchKey key = watch.poll(RECHECK_MILLIS, TimeUnit.MILLISECONDS);
                if (key != null) {
                    key.pollEvents();
                    key.reset();
                }
                follow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.nio.file.ClosedWatchServiceException e) {
            // The address was closed.
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Optional<Route.Target> to = links.target();
                if (to.isPresent()) {
                    threads.execute(() -> join(client, to.get()));
                } else {
                    Link.reset(client);
                }
            } catch (IOException e) {
                // Closed, or a client that gave up before it was accepted; the loop condition tells which.
            }
        }
    }

    private void join(Socket client, Route.Target to) {
        Socket server = new Socket();
        Link link = new Link(client, server);
        try {
            server.connect(new InetSocketAddress(to.host(), to.port()), CONNECT_MILLIS);
            server.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            if (links.admit(link, to)) {
                threads.execute(link::pumpToClient);
                link.pumpToServer();
            }
        } catch (IOException e) {
            // The target refuses or hangs; the client learns it by the reset below.
        } finally {
            link.cut();
            links.forget(link);
        }
    }
}
