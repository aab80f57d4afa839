package io.mha4j.execution.online;

import io.mha4j.base.Deadline;
import io.mha4j.mysql.MysqlException;
import io.mha4j.mysql.ServerSession;
import io.mha4j.mysql.online.ActivityQuery;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Ends the clients whose writes wait for our lock, before it is given back: there are writes that nothing else stops then. Not all
 * of them can be ended.
 */
final class LockWaiters {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);
    /** Limit of each, apart from that of the whole: one that is cut short costs the session, and the lock with it. */
    private static final Duration QUESTION = Duration.ofSeconds(10);

    private final Server server;
    private final Runnable pause;

    /** What they wait at. */
    interface Server {
        /** Numbers of the connections that wait now. */
        List<Long> waiting();

        /** @throws MysqlException of kind PRIVILEGE if our account may not end this one */
        void end(long connection);
    }

    /**
     * @param ended how many were told to end
     * @param left  those that wait all the same
     * @param why   our account may not end them; empty if they were told and did not
     */
    record Outcome(int ended, List<Long> left, Optional<String> why) {
        Outcome {
            left = List.copyOf(left);
        }
    }

    /** Those at the old source, where our session holds the lock. */
    static LockWaiters of(ServerSession session, OnlineSteps.Time time) {
        ActivityQuery activity = new ActivityQuery(session, time.sleeper());
        Server server = new Server() {
            @Override
            public List<Long> waiting() {
                return activity.waitingForLock(time.within(QUESTION));
            }

            @Override
            public void end(long connection) {
                session.kill(connection, time.within(QUESTION));
            }
        };
        return new LockWaiters(server, () -> time.pause(LOOK_AGAIN, "waiting for the old master"));
    }

    /** @param pause between two looks */
    LockWaiters(Server server, Runnable pause) {
        this.server = server;
        this.pause = pause;
    }

    /** Comes back when none is left who could be ended: one that is told to may still get the lock that it waits for. */
    Outcome end(Deadline limit) {
        Set<Long> told = new HashSet<>();
        Map<Long, String> refused = new HashMap<>();
        List<Long> left = server.waiting();
        while (!refused.keySet().containsAll(left) && !limit.isOver()) {
            for (long connection : left) {
                if (told.add(connection)) {
                    tell(connection).ifPresent(why -> refused.put(connection, why));
                }
            }
            pause.run();
            left = server.waiting();
        }
        return new Outcome(
                told.size() - refused.size(), left, refused.values().stream().findFirst());
    }

    /** Says why it was refused. */
    private Optional<String> tell(long connection) {
        try {
            server.end(connection);
            return Optional.empty();
        } catch (MysqlException e) {
            if (e.kind() != MysqlException.Kind.PRIVILEGE) {
                throw e;
            }
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
