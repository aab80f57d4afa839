package io.mha4j.topology;

import java.util.Locale;
import java.util.Optional;

/**
 * What a server calls itself, whatever name or address leads to it.
 *
 * @param serverId {@code server_id}; 0 where unknown
 * @param uuid     {@code server_uuid} in lower case; MySQL 5.6 and later only
 */
public record ServerIdentity(long serverId, Optional<String> uuid) {
    public static final ServerIdentity UNKNOWN = new ServerIdentity(0, Optional.empty());

    public ServerIdentity {
        uuid = uuid.filter(u -> !u.isBlank()).map(u -> u.toLowerCase(Locale.ROOT));
    }

    /** What a living server said about itself. */
    public static ServerIdentity of(ServerFacts facts) {
        return new ServerIdentity(facts.serverId(), facts.serverUuid());
    }

    /** Whether both mean one server: by UUID where both have one, else by {@code server_id}. Unknown equals nothing. */
    public boolean sameServerAs(ServerIdentity other) {
        if (uuid.isPresent() && other.uuid.isPresent()) {
            return uuid.equals(other.uuid);
        }
        return serverId != 0 && serverId == other.serverId;
    }

    /** Whether they mean two servers for certain. Unknown may be anybody. */
    boolean isOtherServerThan(ServerIdentity other) {
        boolean comparable = (uuid.isPresent() && other.uuid.isPresent()) || (serverId != 0 && other.serverId != 0);
        return comparable && !sameServerAs(other);
    }
}
