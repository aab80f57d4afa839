package io.mha4j.cli.node;

import io.mha4j.archive.place.LogFiles;
import io.mha4j.base.Deadline;
import io.mha4j.base.MhaException;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.config.ServerSettings;
import io.mha4j.mysql.ServerSession;
import io.mha4j.mysql.relay.RelayLogPurge;
import io.mha4j.remote.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One purge of one replica's relay logs, in MHA's order and words. */
final class PurgeRun {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final Optional<Host> host;
    private final String workdir;
    private final boolean switchOff;
    private final Consumer<String> say;

    /**
     * @param host      where the relay logs are; absent: no hard links are made
     * @param workdir   for hard links, on the file system of the relay logs
     * @param switchOff whether a server that purges by itself is told not to; otherwise it is left alone
     */
    PurgeRun(Optional<Host> host, String workdir, boolean switchOff, Consumer<String> say) {
        this.host = host;
        this.workdir = workdir;
        this.switchOff = switchOff;
        this.say = say;
    }

    /**
     * Refuses another server than that of a socket: the login goes by port, where another instance may listen.
     *
     * @param file of the socket
     */
    static void requireSocket(Path file, ServerSettings server, ServerSession session, Deadline deadline) {
        String own = new RelayLogPurge(session, within -> ServerSession.open(server, within), SystemTime.SLEEPER)
                .socket(deadline)
                .orElse("");
        if (!isSame(file, Path.of(own))) {
            throw new NodeOptions.NodeException(
                    "--socket=" + file + " is not that of " + server.id().host() + ":"
                            + server.id().port() + ", which is " + (own.isEmpty() ? "none" : own)
                            + "; connections go over TCP, so give --port of the server that is meant");
        }
    }

    private static boolean isSame(Path one, Path other) {
        try {
            return one.toAbsolutePath().normalize().equals(other.normalize()) || Files.isSameFile(one, other);
        } catch (IOException e) {
            return false;
        }
    }

    /** Answers whether all went well; a server that purges by itself needs nothing. */
    boolean run(ServerSettings server, ServerSession session, Deadline deadline) {
        RelayLogPurge purge =
                new RelayLogPurge(session, within -> ServerSession.open(server, within), SystemTime.SLEEPER);
        Optional<RelayLogPurge.Place> place = purge.place(deadline);
        if (place.isEmpty()) {
            say.accept(" Target mysql server is not defined as replication slave.");
            return false;
        }
        if (purge.isAutomatic(deadline)) {
            if (!switchOff) {
                say.accept(" relay_log_purge is enabled. Exit.");
                return true;
            }
            say.accept(" relay_log_purge is enabled. Disabling..");
            purge.keep(deadline);
        }
        Optional<HardLinks> links = host.map(h -> new HardLinks(h, workdir, deadline));
        links.ifPresent(l -> {
            l.releaseEarlier(place.get().base(), say);
            l.make(finished(place.get(), deadline), say);
        });
        try {
            return purge(purge, deadline);
        } finally {
            links.ifPresent(l -> l.release(say));
        }
    }

    private boolean purge(RelayLogPurge purge, Deadline deadline) {
        if (!purge.lock(deadline)) {
            say.accept(" Getting advisory lock failed. Maybe failover script is running?");
            return false;
        }
        MhaException failure = null;
        try {
            say.accept(
                    " Executing SET GLOBAL relay_log_purge=1; FLUSH LOGS; sleeping a few seconds so that SQL thread can"
                            + " delete older relay log files (if it keeps up); SET GLOBAL relay_log_purge=0; ..");
            purge.purge(deadline);
            say.accept(" ok.");
        } catch (MhaException e) {
            failure = e;
        }
        unlock(purge, failure, deadline);
        say.accept(now() + ": All relay log purging operations succeeded.");
        return true;
    }

    /** A session that broke has lost the lock, too. */
    private static void unlock(RelayLogPurge purge, @Nullable MhaException failure, Deadline deadline) {
        try {
            purge.unlock(deadline);
        } catch (MhaException e) {
            if (failure == null) {
                throw e;
            }
            failure.addSuppressed(e);
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Those before the one that the applier reads. */
    private List<String> finished(RelayLogPurge.Place place, Deadline deadline) {
        LogFiles logs = LogFiles.holding(host.orElseThrow(), List.of(place.directory()), place.current(), deadline);
        List<String> all = List.copyOf(logs.all(deadline).values());
        return all.subList(0, all.indexOf(place.current())).stream()
                .map(logs::path)
                .toList();
    }

    /** What one that was cut off may leave, one clause. */
    static String left(ServerSettings server) {
        return server.id() + " may be left with relay_log_purge=1";
    }

    static String now() {
        return TIME.format(LocalDateTime.ofInstant(SystemTime.CLOCK.instant(), SystemTime.zone()));
    }
}
