package io.mha4j.monitor;

import io.mha4j.base.ServerId;
import io.mha4j.mysql.ServerSession;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Connections to sources that this manager gave up, each of which may still hold MHA's lock on its server, or a place there: one whose
 * statement hangs there hears nothing of it. Kept from one watching to the next. Safe for use by several threads.
 */
public final class LostConnections {
    private final Map<ServerId, List<ServerSession.Own>> bySource = new HashMap<>();

    /** One more. */
    synchronized void add(ServerId source, ServerSession.Own connection) {
        bySource.computeIfAbsent(source, s -> new ArrayList<>()).add(connection);
    }

    /**
     * Asks about each; who is not there any more needs not be asked about again.
     *
     * @return how many are left
     */
    int keepThose(ServerId source, Predicate<ServerSession.Own> stillThere) {
        for (ServerSession.Own connection : of(source)) {
            if (!stillThere.test(connection)) {
                remove(source, connection);
            }
        }
        return of(source).size();
    }

    private synchronized List<ServerSession.Own> of(ServerId source) {
        return List.copyOf(bySource.getOrDefault(source, List.of()));
    }

    private synchronized void remove(ServerId source, ServerSession.Own connection) {
        bySource.getOrDefault(source, new ArrayList<>()).remove(connection);
    }

    /** The lock is ours, so none of them holds it. */
    synchronized void forget(ServerId source) {
        bySource.remove(source);
    }
}
