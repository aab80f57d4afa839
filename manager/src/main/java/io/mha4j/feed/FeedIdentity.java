package io.mha4j.feed;

import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;

/**
 * What a feed says it is.
 *
 * @param serverId   id to announce, best that of the dead source; a replica refuses its own
 * @param serverUuid 36 characters, best that of the dead source; a replica refuses its own. Of use to MySQL from 5.6 on
 * @param gtidMode   {@code gtid_mode} of the replicas, which must not differ from it; absent: there is no such variable
 * @param clients    addresses that may connect; empty: every one that can reach the port
 * @param mark       five letters or digits that end the name of its account; chance where absent
 */
public record FeedIdentity(
        long serverId, String serverUuid, Optional<String> gtidMode, Set<InetAddress> clients, Optional<String> mark) {
    private static final long GREATEST_ID = 0xffffffffL;

    public FeedIdentity {
        clients = Set.copyOf(clients);
        if (serverId < 1 || serverId > GREATEST_ID) {
            throw new IllegalArgumentException("server id " + serverId + " is not between 1 and " + GREATEST_ID);
        }
        if (!serverUuid.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
            throw new IllegalArgumentException("server UUID " + serverUuid + " is none");
        }
        if (mark.filter(m -> !m.matches("[a-z0-9]{5}")).isPresent()) {
            throw new IllegalArgumentException("mark " + mark + " is not five letters or digits");
        }
    }

    /** One with an account whose name is chance. */
    public FeedIdentity(long serverId, String serverUuid, Optional<String> gtidMode, Set<InetAddress> clients) {
        this(serverId, serverUuid, gtidMode, clients, Optional.empty());
    }

    boolean mayConnect(InetAddress client) {
        return clients.isEmpty() || clients.contains(client);
    }
}
