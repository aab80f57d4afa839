package io.mha4j.execution.level;

import io.mha4j.archive.Archive;
import io.mha4j.base.Deadline;
import io.mha4j.config.ServerSettings;
import io.mha4j.feed.Feed;
import io.mha4j.feed.FeedIdentity;
import io.mha4j.remote.Host;
import io.mha4j.remote.PortForward;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A way by which a replica may come to a feed. */
public sealed interface FeedWay {
    /**
     * Opens a feed for one replica and leads it there.
     *
     * @throws io.mha4j.base.MhaException if the manager cannot listen or the replica's host does not help
     */
    OpenFeed open(Archive archive, FeedIdentity identity, Feed.Time time, Deadline deadline);

    /** Those that a replica's settings allow, the best first. */
    static List<FeedWay> to(ServerSettings replica, Function<ServerSettings, Host> hosts) {
        FeedWay forwarded = new Forwarded(replica, hosts);
        return replica.levelling()
                .feedAddress()
                .map(address -> List.of(new Direct(address), forwarded))
                .orElse(List.of(forwarded));
    }

    /** The replica's server connects to an address of this host ({@code feed_address}); its own host is not needed. */
    record Direct(String address) implements FeedWay {
        @Override
        public OpenFeed open(Archive archive, FeedIdentity identity, Feed.Time time, Deadline deadline) {
            Feed feed = Feed.open(new InetSocketAddress(address, 0), archive, identity, time);
            return new OpenFeed(feed, address, feed.port(), Optional.empty());
        }

        @Override
        public String toString() {
            return "at feed_address=" + address;
        }
    }

    /** It connects to a port of its own host, which SSH leads to this one. */
    record Forwarded(ServerSettings replica, Function<ServerSettings, Host> hosts) implements FeedWay {
        private static final String LOOPBACK = "127.0.0.1";

        @Override
        public OpenFeed open(Archive archive, FeedIdentity identity, Feed.Time time, Deadline deadline) {
            Host host = hosts.apply(replica);
            Feed feed = Feed.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), archive, identity, time);
            try {
                PortForward port = host.forwardToHere(feed.port(), deadline);
                return new OpenFeed(feed, LOOPBACK, port.port(), Optional.of(port));
            } catch (RuntimeException e) {
                feed.close();
                throw e;
            }
        }

        @Override
        public String toString() {
            return "through a forwarded port";
        }
    }
}
