package io.mha4j.topology;

import io.mha4j.base.ServerId;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything one sweep saw, and nothing later.
 *
 * @param takenAt wall time at which the sweep ended
 * @param servers every configured server, each with what was seen of it
 */
public record Snapshot(Instant takenAt, SortedMap<ServerId, ServerState> servers) {
    public Snapshot {
        servers = Collections.unmodifiableSortedMap(new TreeMap<>(servers));
    }

    /** Facts of a server that answered. */
    public Optional<ServerFacts> facts(ServerId id) {
        return servers.get(id) instanceof ServerState.Alive alive ? Optional.of(alive.facts()) : Optional.empty();
    }
}
