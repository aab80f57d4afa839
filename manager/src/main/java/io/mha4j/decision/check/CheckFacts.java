package io.mha4j.decision.check;

import io.mha4j.base.ServerId;
import io.mha4j.config.Application;
import io.mha4j.topology.ManagedTree;
import io.mha4j.topology.ResolvedNames;
import io.mha4j.topology.details.HostDetails;
import io.mha4j.topology.details.ManagerDetails;
import io.mha4j.topology.details.SqlDetails;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything the checks look at.
 *
 * @param tree    what the sweep showed
 * @param servers what living servers said after the sweep
 * @param hosts   what every host showed
 * @param manager what the manager's own host showed
 * @param wishes  what the command line asked
 * @param names   what the names mean at the manager's host that replicas were told of their sources and no section has
 */
public record CheckFacts(
        Application app,
        ManagedTree tree,
        SortedMap<ServerId, SqlDetails> servers,
        SortedMap<ServerId, HostDetails> hosts,
        ManagerDetails manager,
        Wishes wishes,
        ResolvedNames names) {
    public CheckFacts {
        servers = new TreeMap<>(servers);
        hosts = new TreeMap<>(hosts);
    }

    /**
     * @param health            whether replication must be healthy too
     * @param lagLimit          largest tolerated {@code Seconds_Behind_Master}
     * @param ignoreFailOnStart whether replicas with {@code ignore_fail=1} may be dead or broken
     * @param betweenFailovers  how long ago the last failover must have ended; absent: earlier ones do not count
     */
    public record Wishes(
            boolean health, Duration lagLimit, boolean ignoreFailOnStart, Optional<Duration> betweenFailovers) {
        /** MHA 0.58: {@code --last_failover_minute} is 480. */
        public static final Optional<Duration> BETWEEN_FAILOVERS = Optional.of(Duration.ofHours(8));

        /** Of a command that knows nothing of when the next failover may begin. */
        public Wishes(boolean health, Duration lagLimit, boolean ignoreFailOnStart) {
            this(health, lagLimit, ignoreFailOnStart, BETWEEN_FAILOVERS);
        }
    }

    Optional<SqlDetails> server(ServerId id) {
        return Optional.ofNullable(servers.get(id));
    }

    /** What a host showed; that nobody looked, where nothing is known of it. */
    HostDetails host(ServerId id) {
        return Optional.ofNullable(hosts.get(id)).orElse(HostDetails.NOT_ASKED);
    }
}
