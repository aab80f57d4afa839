package io.mha4j.decision.online;

import io.mha4j.base.ServerId;
import io.mha4j.config.Application;
import io.mha4j.config.ServerSettings;
import io.mha4j.topology.ManagedTree;
import io.mha4j.topology.ServerFacts;
import java.util.stream.Stream;

/**
 * What an online switch is planned from.
 *
 * @param app    configuration
 * @param tree   the tree, its source alive
 * @param wishes what the command line asked
 */
public record OnlineFacts(Application app, ManagedTree tree, OnlineWishes wishes) {
    public OnlineFacts {
        if (!tree.sourceAlive()) {
            throw new IllegalArgumentException(tree.source() + " is dead; it cannot be switched away from");
        }
    }

    /** The same with other wishes. */
    public OnlineFacts with(OnlineWishes other) {
        return new OnlineFacts(app, tree, other);
    }

    public ServerId oldSource() {
        return tree.source();
    }

    /** Whether a script or a virtual address sends clients to {@code next}. */
    public boolean movesClients(ServerId next) {
        return Stream.of(oldSource(), next)
                .map(server -> settings(server).scripts())
                .anyMatch(s -> s.ipOnlineChange().isPresent() || s.vip().isPresent());
    }

    ServerFacts source() {
        return tree.sourceFacts().orElseThrow();
    }

    ServerSettings settings(ServerId server) {
        return app.of(server);
    }
}
