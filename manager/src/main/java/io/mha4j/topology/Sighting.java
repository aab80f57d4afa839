package io.mha4j.topology;

import io.mha4j.base.ServerId;
import io.mha4j.config.Application;
import io.mha4j.config.ServerSettings;
import io.mha4j.topology.ManagedTree.Missing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A snapshot sorted into servers with facts and servers without, each list in processing order, and the way from what a
 * replica calls its source to the configured server.
 */
record Sighting(
        List<Living> living, List<Missing> missing, Map<ServerId, ServerIdentity> identities, ResolvedNames names) {
    /**
     * A server with facts.
     *
     * @param reset whether the channel that it shows is what is left of a replication that was reset
     */
    record Living(ServerId id, ServerFacts facts, boolean reset) {
        /** As a replica of its only source; absent if it replicates from nobody. */
        Optional<Replica> asReplica() {
            return facts.onlyChannel()
                    .filter(status -> !reset && status.follows())
                    .map(status -> new Replica(id, facts, status));
        }
    }

    static Sighting of(Application application, Snapshot snapshot, Prior prior) {
        List<Living> living = new ArrayList<>();
        List<Missing> missing = new ArrayList<>();
        Map<ServerId, ServerIdentity> identities = new TreeMap<>(prior.identities());
        for (ServerSettings settings : application.servers()) {
            ServerId id = settings.id();
            Optional<ServerFacts> facts = snapshot.facts(id).filter(f -> !prior.saysDead(id));
            if (facts.isPresent()) {
                living.add(new Living(id, facts.get(), false));
                identities.put(id, ServerIdentity.of(facts.get()));
            } else {
                missing.add(absence(id, snapshot, prior));
            }
        }
        return new Sighting(living, missing, identities, prior.names()).knowingResets(prior);
    }

    private Sighting knowingResets(Prior prior) {
        List<Living> now = living.stream()
                .map(s -> new Living(
                        s.id(),
                        s.facts(),
                        s.asReplica().filter(r -> wasReset(r, prior)).isPresent()))
                .toList();
        return new Sighting(now, missing, identities, names);
    }

    /**
     * A source whose replication was reset, not forgotten ({@code RESET REPLICA} without {@code ALL}), shows that others
     * follow it, and that it names a server which is not there, was not the source until now and is followed by nobody else.
     * Anything else that looks so is a replica that was not started yet.
     */
    private boolean wasReset(Replica replica, Prior prior) {
        if (!replica.status().mayBeReset()) {
            return false;
        }
        Optional<ServerId> named = sourceOf(replica);
        Set<ServerId> followed = replicas().stream()
                .filter(other -> !other.status().mayBeReset())
                .flatMap(other -> sourceOf(other).stream())
                .collect(Collectors.toSet());
        return followed.contains(replica.id())
                && named.filter(id -> followed.contains(id) || factsOf(id).isPresent() || prior.saysDead(id))
                        .isEmpty();
    }

    private static Missing absence(ServerId id, Snapshot snapshot, Prior prior) {
        if (prior.saysDead(id)) {
            return new Missing(id, "found dead before", false);
        }
        ServerState state = snapshot.servers().get(id);
        if (state instanceof ServerState.Refusing refusing) {
            // The driver's own complaints have no number of the server's.
            String number = refusing.errorCode() > 0 ? "error " + refusing.errorCode() + ": " : "";
            return new Missing(id, number + refusing.message(), true);
        }
        if (state instanceof ServerState.Unreachable unreachable) {
            return new Missing(id, unreachable.why(), false);
        }
        return new Missing(id, "was not asked", false);
    }

    List<ServerFacts> facts() {
        return living.stream().map(Living::facts).toList();
    }

    Optional<ServerFacts> factsOf(ServerId id) {
        return living.stream().filter(s -> s.id().equals(id)).map(Living::facts).findFirst();
    }

    Optional<Missing> missing(ServerId id) {
        return missing.stream().filter(m -> m.id().equals(id)).findFirst();
    }

    List<Replica> replicas() {
        return living.stream().flatMap(s -> s.asReplica().stream()).toList();
    }

    /**
     * The configured server that a replica follows: the one with the address that it was told; failing that the one that
     * the account for its levelling names; failing that the one with the identity that it was shown; failing that the one
     * that the name which it was told leads to.
     */
    Optional<ServerId> sourceOf(Replica replica) {
        return byAddress(replica.status())
                .or(() -> byMark(replica))
                .or(() -> byIdentity(replica))
                .or(() -> whileLevelled(replica))
                .or(() -> byResolvedName(replica));
    }

    /**
     * A replica whose levelling was cut off follows, by name, a feed that is gone. The feed called itself what the old
     * source was called: a replica that still knows that one by its address tells which server it is.
     */
    private Optional<ServerId> whileLevelled(Replica replica) {
        return replicas().stream()
                .filter(other ->
                        replica.status().isBeingLevelled() && !other.status().isBeingLevelled())
                .filter(other -> other.status()
                        .sourceIdentity()
                        .sameServerAs(replica.status().sourceIdentity()))
                .flatMap(other -> byAddress(other.status()).stream())
                .findFirst();
    }

    private Optional<ServerId> byAddress(ReplicaStatus status) {
        return ids().filter(id -> id.port() == status.sourcePort())
                .filter(id -> status.sourceHost().equalsIgnoreCase(id.host())
                        || status.sourceHost().equalsIgnoreCase(id.ip()))
                .findFirst();
    }

    private Optional<ServerId> byMark(Replica replica) {
        List<ServerId> found = ids().filter(id -> !id.equals(replica.id()))
                .filter(id -> LevellingMark.names(id, replica.status()))
                .toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    /** None when several would do: an id that two servers share tells nothing. */
    private Optional<ServerId> byIdentity(Replica replica) {
        List<ServerId> found = ids().filter(id -> !id.equals(replica.id()))
                .filter(id -> replica.status()
                        .sourceIdentity()
                        .sameServerAs(identities.getOrDefault(id, ServerIdentity.UNKNOWN)))
                .toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    /** None where the replica was shown another server than the one that the name leads to by now. */
    private Optional<ServerId> byResolvedName(Replica replica) {
        ReplicaStatus status = replica.status();
        List<ServerId> found = ids().filter(id -> names.lead(status.sourceHost(), status.sourcePort(), id))
                .filter(id ->
                        !status.sourceIdentity().isOtherServerThan(identities.getOrDefault(id, ServerIdentity.UNKNOWN)))
                .toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    private Stream<ServerId> ids() {
        return Stream.concat(living.stream().map(Living::id), missing.stream().map(Missing::id))
                .sorted();
    }
}
