package io.mha4j.execution.level;

import io.mha4j.feed.Feed;
import io.mha4j.feed.FeedAccount;
import io.mha4j.remote.PortForward;
import java.util.Optional;

/**
 * A feed that is open for one replica, until it is closed.
 *
 * @param host    where the replica finds it
 * @param forward what leads there, if anything does
 */
public record OpenFeed(Feed feed, String host, int port, Optional<PortForward> forward) implements AutoCloseable {
    /** The only one that may log in. */
    public FeedAccount account() {
        return feed.account();
    }

    @Override
    public void close() {
        try {
            forward.ifPresent(PortForward::close);
        } finally {
            feed.close();
        }
    }
}
