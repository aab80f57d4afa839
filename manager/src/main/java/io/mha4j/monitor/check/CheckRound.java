package io.mha4j.monitor.check;

import io.mha4j.base.Deadline;
import io.mha4j.base.ServerId;
import io.mha4j.base.Ticks;
import io.mha4j.config.Application;
import io.mha4j.config.ServerSettings;
import io.mha4j.monitor.Slot;
import io.mha4j.monitor.TreeLook;
import io.mha4j.mysql.MysqlException;
import io.mha4j.mysql.details.DetailsQuery;
import io.mha4j.remote.Host;
import io.mha4j.topology.Prior;
import io.mha4j.topology.ResolvedNames;
import io.mha4j.topology.ServerFacts;
import io.mha4j.topology.details.HostDetails;
import io.mha4j.topology.details.SqlDetails;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One look at everything: hosts over SSH and servers over SQL at once, then the details of those who answered. A host or
 * server that hangs costs its own time-out, at the same time as any other. For one use by one thread.
 */
public final class CheckRound {
    /** What a server that has just answered a sweep may take for the details. */
    private static final Duration DETAILS = Duration.ofSeconds(5);
    /** For a piece of advice alone nobody waits who is about to watch. */
    private static final Duration NAMES = Duration.ofMillis(500);

    /** How the host of a server is reached. */
    @FunctionalInterface
    public interface HostAccess {
        /** Connects to nothing yet. */
        Host hostOf(ServerSettings server);
    }

    private final TreeLook look;
    private final Optional<HostAccess> hosts;
    private final Ticks ticks;
    private final InstantSource clock;

    /**
     * A round that has not begun.
     *
     * @param hosts how hosts are reached; empty: they are not asked
     */
    public CheckRound(TreeLook look, Optional<HostAccess> hosts, Ticks ticks, InstantSource clock) {
        this.look = look;
        this.hosts = hosts;
        this.ticks = ticks;
        this.clock = clock;
    }

    /**
     * What was seen.
     *
     * @param seen     the sweep and its tree
     * @param servers  details of the servers that answered
     * @param hosts    details of every host; empty when hosts are not asked
     * @param troubles servers that broke off while being asked for details
     * @param names    what the names mean here that replicas were told of their sources and no section has
     */
    public record Seen(
            TreeLook.Seen seen,
            SortedMap<ServerId, SqlDetails> servers,
            SortedMap<ServerId, HostDetails> hosts,
            SortedMap<ServerId, String> troubles,
            ResolvedNames names) {}

    /**
     * Looks now.
     *
     * @throws TreeLook.NoTree if the servers form no tree
     * @throws MysqlException if a server refused a question of the sweep
     */
    public Seen at(Application app) {
        Map<ServerId, Slot<Optional<String>>> greetings = greet(app);
        TreeLook.Seen seen = look.at(app, Prior.NOTHING);
        Slot<ResolvedNames> names = Slot.start("names", ticks, () -> look.strangeNames(app, seen.tree()));
        Map<ServerId, Slot<Details>> slots = new TreeMap<>();
        for (ServerSettings server : app.servers()) {
            Slot<Optional<String>> greeting = greetings.get(server.id());
            slots.put(
                    server.id(),
                    Slot.start("details-" + server.id().section(), ticks, () -> details(server, seen, greeting)));
        }
        return collect(app, seen, slots, names);
    }

    /** Opens every SSH connection while the sweep is on its way. */
    private Map<ServerId, Slot<Optional<String>>> greet(Application app) {
        Map<ServerId, Slot<Optional<String>>> slots = new TreeMap<>();
        hosts.ifPresent(reach -> app.servers()
                .forEach(server ->
                        slots.put(server.id(), Slot.start("ssh-" + server.id().section(), ticks, () -> new HostLook(
                                        reach.hostOf(server), ticks)
                                .greet(server.ssh().connectionTimeout())))));
        return slots;
    }

    /** What one server and its host told; each part alone may be missing. */
    private record Details(Optional<SqlDetails> sql, Optional<HostDetails> host, Optional<String> trouble) {}

    private Details details(ServerSettings server, TreeLook.Seen seen, @Nullable Slot<Optional<String>> greeting) {
        Optional<ServerFacts> facts = seen.snapshot().facts(server.id());
        Optional<SqlDetails> sql = Optional.empty();
        Optional<String> trouble = Optional.empty();
        if (facts.isPresent()) {
            try {
                sql = Optional.of(new DetailsQuery(server, clock).ask(Deadline.in(DETAILS, ticks)));
            } catch (MysqlException e) {
                trouble = Optional.of(e.getMessage());
            }
        }
        if (greeting == null || hosts.isEmpty()) {
            return new Details(sql, Optional.empty(), trouble);
        }
        Duration limit = server.ssh().connectionTimeout();
        Optional<String> problem = greeting.await(Deadline.in(limit, ticks), () -> Optional.of(late(limit)));
        HostDetails host = problem.map(HostDetails::unreachable).orElse(null);
        if (host == null) {
            HostLook hostLook = new HostLook(hosts.get().hostOf(server), ticks);
            host = hostLook.details(
                    new HostPaths(server, facts, sql),
                    new FeedLook(server.levelling().feedAddress(), ticks),
                    Deadline.in(limit, ticks));
        }
        return new Details(sql, Optional.of(host), trouble);
    }

    private Seen collect(
            Application app, TreeLook.Seen seen, Map<ServerId, Slot<Details>> slots, Slot<ResolvedNames> names) {
        SortedMap<ServerId, SqlDetails> servers = new TreeMap<>();
        SortedMap<ServerId, HostDetails> hostDetails = new TreeMap<>();
        SortedMap<ServerId, String> troubles = new TreeMap<>();
        for (ServerSettings server : app.servers()) {
            Duration limit = DETAILS.plus(server.ssh().connectionTimeout().multipliedBy(2));
            Slot<Details> slot = slots.get(server.id());
            if (slot == null) {
                continue;
            }
            Details details = slot.await(
                    Deadline.in(limit, ticks),
                    () -> new Details(Optional.empty(), Optional.empty(), Optional.of(late(limit))));
            details.sql().ifPresent(d -> servers.put(server.id(), d));
            details.host().ifPresent(d -> hostDetails.put(server.id(), d));
            details.trouble().ifPresent(t -> troubles.put(server.id(), t));
        }
        return new Seen(
                seen,
                servers,
                hostDetails,
                troubles,
                names.await(Deadline.in(hosts.isEmpty() ? NAMES : DETAILS, ticks), () -> ResolvedNames.NONE));
    }

    private static String late(Duration limit) {
        return "no answer within " + limit.toMillis() + " ms";
    }
}
