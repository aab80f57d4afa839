package io.mha4j.remote.ssh;

import io.mha4j.config.ServerSettings;
import io.mha4j.remote.Host;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The hosts that are reached over SSH, one kept-open connection each, shared by everybody who asks. Thread-safe. */
public final class SshSessions implements AutoCloseable {
    private final Path home;
    private final Map<ServerSettings.Ssh, SshHost> hosts = new ConcurrentHashMap<>();

    /**
     * Connects to nothing yet.
     *
     * @param home where {@code .ssh} with keys, configuration and known hosts is
     */
    public SshSessions(Path home) {
        this.home = home;
    }

    /** Those of the account that this program runs as. */
    public static SshSessions ofThisAccount() {
        return new SshSessions(Path.of(System.getProperty("user.home", "/")));
    }

    /**
     * The host behind these settings. Connects at the first call that needs it: wrong settings, such as options that are
     * not supported, are told then.
     */
    public Host host(ServerSettings.Ssh settings) {
        return hosts.computeIfAbsent(settings, s -> new SshHost(s, home));
    }

    /** Ends all connections; a later use of a host connects again. */
    @Override
    public void close() {
        hosts.values().forEach(SshHost::close);
    }
}
