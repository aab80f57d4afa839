package io.mha4j.remote.ssh;

import io.mha4j.base.Deadline;
import io.mha4j.base.MhaException;
import io.mha4j.base.Ticks;
import io.mha4j.config.ServerSettings;
import io.mha4j.remote.Host;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The hosts that are reached over SSH, one kept-open connection each, shared by everybody who asks. Thread-safe. */
public final class SshSessions implements AutoCloseable {
    private final Path home;
    private final Consumer<String> listener;
    private final Consumer<String> doubts;
    private final Set<String> doubted = ConcurrentHashMap.newKeySet();
    private final Map<ServerSettings.Ssh, SshHost> hosts = new ConcurrentHashMap<>();
    private final Set<Host> ahead = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * Connects to nothing yet.
     *
     * @param home where {@code .ssh} with keys, configuration and known hosts is
     */
    public SshSessions(Path home) {
        this(home, use -> {}, doubt -> {});
    }

    /**
     * @param listener told what each host is asked for, one line each, by any thread
     * @param doubts   told once what is odd about a host's key though it is believed, by any thread
     */
    public SshSessions(Path home, Consumer<String> listener, Consumer<String> doubts) {
        this.home = home;
        this.listener = listener;
        this.doubts = doubts;
    }

    /** Those of the account that this program runs as. */
    public static SshSessions ofThisAccount() {
        return ofThisAccount(use -> {}, doubt -> {});
    }

    /** The same, telling what each host is asked for, and what is odd about its key. */
    public static SshSessions ofThisAccount(Consumer<String> listener, Consumer<String> doubts) {
        return new SshSessions(Path.of(System.getProperty("user.home", "/")), listener, doubts);
    }

    /**
     * The host behind these settings. Connects at the first call that needs it: wrong settings, such as options that are
     * not supported, are told then.
     */
    public Host host(ServerSettings.Ssh settings) {
        return known(settings);
    }

    private SshHost known(ServerSettings.Ssh settings) {
        return hosts.computeIfAbsent(settings, s -> new SshHost(s, home, listener, this::doubt));
    }

    private void doubt(String sentence) {
        if (doubted.add(sentence)) {
            doubts.accept(sentence);
        }
    }

    /**
     * Connects in the background, so that nobody has to wait for that later. A host that cannot be reached is told of when
     * it is used.
     */
    public void connectAhead(Collection<ServerSettings.Ssh> all, Ticks ticks) {
        connectAhead(all, ticks, (settings, failure) -> {});
    }

    /** Is told, by any thread, what became of one attempt. */
    @FunctionalInterface
    public interface Tried {
        /** @param failure why the host was not reached; nothing if it was */
        void tried(ServerSettings.Ssh settings, Optional<String> failure);
    }

    /** The same, for somebody who wants to know how it went; a host that is being tried is not tried twice at a time. */
    public void connectAhead(Collection<ServerSettings.Ssh> all, Ticks ticks, Tried result) {
        for (ServerSettings.Ssh settings : Set.copyOf(all)) {
            SshHost host = known(settings);
            if (ahead.add(host)) {
                Thread thread = new Thread(() -> reach(host, settings, ticks, result), "ssh-" + settings.ip());
                thread.setDaemon(true);
                thread.start();
            }
        }
    }

    private void reach(SshHost host, ServerSettings.Ssh settings, Ticks ticks, Tried result) {
        try {
            Optional<String> failure = failure(host, Deadline.in(settings.connectionTimeout(), ticks));
            if (!closed) {
                result.tried(settings, failure);
            }
        } finally {
            ahead.remove(host);
            if (closed) {
                host.close();
            }
        }
    }

    private static Optional<String> failure(SshHost host, Deadline deadline) {
        try {
            return host.isUsable(deadline) ? Optional.empty() : Optional.of("it runs no commands");
        } catch (MhaException e) {
            return Optional.of(e.getMessage());
        }
    }

    /**
     * Ends all connections; a later use of a host connects again. What is being connected ahead ends a little later: a silent
     * host is not waited for.
     */
    @Override
    public void close() {
        closed = true;
        hosts.values().stream().filter(host -> !ahead.contains(host)).forEach(SshHost::close);
    }
}
