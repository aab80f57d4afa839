package io.mha4j.monitor;

import io.mha4j.base.Deadline;
import io.mha4j.base.MhaException;
import io.mha4j.base.ServerId;
import io.mha4j.base.Ticks;
import io.mha4j.config.Application;
import io.mha4j.config.ServerSettings;
import io.mha4j.mysql.MysqlException;
import io.mha4j.mysql.Sweep;
import io.mha4j.settings.NameResolver;
import io.mha4j.settings.SystemNames;
import io.mha4j.topology.ManagedTree;
import io.mha4j.topology.Prior;
import io.mha4j.topology.ResolvedNames;
import io.mha4j.topology.ServerState;
import io.mha4j.topology.Snapshot;
import io.mha4j.topology.TreeReading;
import io.mha4j.topology.TreeRefusal;
import io.mha4j.topology.TreeRules;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** One look at all servers of an application, and what tree they form. */
public final class TreeLook {
    /** MHA's connect time-out is 4 s; a look adds the questions. */
    public static final Duration PER_SERVER = Duration.ofSeconds(5);

    /** As long as names are waited for when a configuration is read. */
    private static final Duration NAMES_LIMIT = Duration.ofSeconds(5);

    private final Servers servers;
    private final Servers patiently;
    private final NameResolver resolver;
    private final Ticks ticks;

    public TreeLook(Ticks ticks, InstantSource clock) {
        this(new Sweep(ticks, clock)::sweep, new Sweep(ticks, clock)::sweepPatiently, new SystemNames(), ticks);
    }

    TreeLook(Servers servers, Servers patiently, NameResolver resolver, Ticks ticks) {
        this.servers = servers;
        this.patiently = patiently;
        this.resolver = resolver;
        this.ticks = ticks;
    }

    /** How servers are asked; see {@link Sweep}. */
    @FunctionalInterface
    interface Servers {
        Snapshot sweep(List<ServerSettings> servers, Set<ServerId> assumedDead, Duration perServer);
    }

    /**
     * What was seen and what it means.
     *
     * @param snapshot the sweep
     * @param tree     the tree it shows
     * @param names    what was looked up for that, and what was known before
     */
    public record Seen(Snapshot snapshot, ManagedTree tree, ResolvedNames names) {}

    /** The servers form no tree that can be managed; the message has one sentence per reason. */
    public static final class NoTree extends MhaException {
        private final List<TreeRefusal> reasons;

        public NoTree(List<TreeRefusal> reasons) {
            super(reasons.stream().map(TreeRefusal::sentence).collect(Collectors.joining("\n")));
            this.reasons = List.copyOf(reasons);
        }

        public List<TreeRefusal> reasons() {
            return reasons;
        }
    }

    /**
     * Looks now.
     *
     * @param prior what is known from before; a source found dead is not asked again
     * @throws NoTree if the servers form no tree
     * @throws MysqlException if a server answered a question with an error
     */
    public Seen at(Application app, Prior prior) {
        return read(app, servers.sweep(app.servers(), dead(prior), PER_SERVER), prior);
    }

    /**
     * The same for a failover. A server that answers a question with an error, twice, counts as one that refuses us: whether
     * it may be left behind is for the failover to say.
     *
     * @throws NoTree if the servers form no tree
     */
    public Seen forFailover(Application app, Prior prior) {
        return read(app, patiently.sweep(app.servers(), dead(prior), PER_SERVER), prior);
    }

    /**
     * The same for a source of which somebody says that it is dead. It is asked as all others are; where it does not answer it
     * counts as the dead source, though other servers that are missing might be it as well.
     *
     * @throws NoTree if the servers form no tree, or one with another source
     */
    public Seen forFailoverOf(Application app, ServerId named) {
        Snapshot snapshot = patiently.sweep(app.servers(), Set.of(), PER_SERVER);
        boolean silent = snapshot.servers().get(named) instanceof ServerState.Unreachable;
        return read(app, snapshot, silent ? Prior.NOTHING.withDeadSource(named) : Prior.NOTHING);
    }

    private static Set<ServerId> dead(Prior prior) {
        return prior.deadSource().map(Set::of).orElse(Set.of());
    }

    /** Names are looked up only where a replica's source would be unknown without; that can take seconds. */
    private Seen read(Application app, Snapshot snapshot, Prior prior) {
        ResolvedNames names = prior.names();
        TreeReading reading = TreeRules.read(app, snapshot, prior);
        Set<String> strange = unknownNames(reading);
        if (!strange.isEmpty()) {
            names = names.with(lookedUp(app, strange));
            reading = TreeRules.read(app, snapshot, prior.withNames(names));
        }
        if (reading instanceof TreeReading.Refused refused) {
            throw new NoTree(refused.reasons());
        }
        return new Seen(snapshot, (ManagedTree) reading, names);
    }

    private static Set<String> unknownNames(TreeReading reading) {
        return reading.match(tree -> Set.of(), reasons -> reasons.stream()
                .filter(TreeRefusal.SourceNotConfigured.class::isInstance)
                .map(reason -> ((TreeRefusal.SourceNotConfigured) reason).host())
                .collect(Collectors.toSet()));
    }

    /** What the names mean here that replicas were told of their sources and no section has; asks nobody where there are none. */
    public ResolvedNames strangeNames(Application app, ManagedTree tree) {
        Set<String> strange = tree.strangeNames();
        return strange.isEmpty() ? ResolvedNames.NONE : lookedUp(app, strange);
    }

    private ResolvedNames lookedUp(Application app, Set<String> names) {
        Set<String> all = ResolvedNames.toLookUp(
                names, app.servers().stream().map(ServerSettings::id).toList());
        return new ResolvedNames(resolver.addressesOf(all, Deadline.in(NAMES_LIMIT, ticks)));
    }
}
