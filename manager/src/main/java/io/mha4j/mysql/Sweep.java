package io.mha4j.mysql;

import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import io.mha4j.base.ServerId;
import io.mha4j.base.Ticks;
import io.mha4j.config.ServerSettings;
import io.mha4j.topology.ServerState;
import io.mha4j.topology.Snapshot;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at all servers at once. Each has a thread and a deadline of its own, so that a hung one costs its own slot and
 * not the round. Changes nothing on any server. May be used by several threads.
 */
public final class Sweep {
    /** What a thread may need beyond its deadline to notice it and to say so. */
    private static final Duration GRACE = Duration.ofMillis(250);

    private final Look look;
    private final Ticks ticks;
    private final InstantSource clock;

    public Sweep(Ticks ticks, InstantSource clock) {
        this((server, limit) -> look(server, limit, ticks), ticks, clock);
    }

    Sweep(Look look, Ticks ticks, InstantSource clock) {
        this.look = look;
        this.ticks = ticks;
        this.clock = clock;
    }

    /** How one server is looked at; throws what it answers a question with, where that is an error. */
    @FunctionalInterface
    interface Look {
        ServerState at(ServerSettings server, Duration limit);
    }

    /** Loads what logins need; for a thread that has nothing else to do before the first sweep. Asks no server. */
    public static void prepare() {
        Login.prepare();
    }

    /**
     * Returns when every server answered or had its time, at the latest {@code perServer} and a quarter second after
     * the call.
     *
     * @param assumedDead servers that are not asked; they come out as unreachable
     * @throws MysqlException if a server let us in but refused a question, for example for want of a privilege: then
     *     what it is in the tree is unknown, and the message names the privilege. The failures of further servers are
     *     its suppressed exceptions
     */
    public Snapshot sweep(List<ServerSettings> servers, Set<ServerId> assumedDead, Duration perServer) {
        Round round = round(servers, assumedDead, perServer);
        round.throwIfAnyFailed();
        return new Snapshot(clock.instant(), round.seen());
    }

    /**
     * The same for a time at which one broken server must not hide the others: one that answers a question with an error
     * is asked once more, in the same time again, and then told as refusing us.
     */
    public Snapshot sweepPatiently(List<ServerSettings> servers, Set<ServerId> assumedDead, Duration perServer) {
        Round first = round(servers, assumedDead, perServer);
        SortedMap<ServerId, ServerState> seen = first.seen();
        if (!first.failed().isEmpty()) {
            List<ServerSettings> again = servers.stream()
                    .filter(server -> first.failed().containsKey(server.id()))
                    .toList();
            Round second = round(again, Set.of(), perServer);
            seen.putAll(second.seen());
            second.failed().forEach((id, failure) -> seen.put(id, failure.asRefusal()));
        }
        return new Snapshot(clock.instant(), seen);
    }

    private Round round(List<ServerSettings> servers, Set<ServerId> assumedDead, Duration perServer) {
        Round round = new Round(new TreeMap<>(), new LinkedHashMap<>());
        Map<ServerId, FutureTask<ServerState>> asked = new LinkedHashMap<>();
        Deadline end = Deadline.in(perServer.plus(GRACE), ticks);
        for (ServerSettings server : servers) {
            if (assumedDead.contains(server.id())) {
                round.seen().put(server.id(), unreachable("assumed dead, not asked", Duration.ZERO));
            } else {
                asked.put(server.id(), ask(server, perServer));
            }
        }
        asked.forEach((id, task) -> round.collect(id, () -> await(task, end, perServer)));
        return round;
    }

    private FutureTask<ServerState> ask(ServerSettings server, Duration limit) {
        FutureTask<ServerState> task = new FutureTask<>(() -> look.at(server, limit));
        Thread thread = new Thread(task, "sweep-" + server.id().section());
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private static ServerState look(ServerSettings server, Duration limit, Ticks ticks) {
        long start = ticks.nanos();
        Deadline deadline = Deadline.in(limit, ticks);
        try (ServerSession session = ServerSession.open(server, deadline)) {
            return new ServerState.Alive(session.facts(deadline));
        } catch (MysqlException e) {
            return e.asState(Duration.ofNanos(ticks.nanos() - start)).orElseThrow(() -> e);
        }
    }

    private static ServerState await(FutureTask<ServerState> task, Deadline end, Duration limit) {
        try {
            return task.get(end.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            // Its thread is stuck where no time-out reaches, in name resolution for example; it ends by itself.
            return unreachable("no answer in time, " + limit.toMillis() + " ms", limit);
        } catch (InterruptedException e) {
            throw InterruptedWork.during("looking at the servers", e);
        } catch (ExecutionException e) {
            throw rethrow(e.getCause());
        }
    }

    private static ServerState unreachable(String why, Duration took) {
        return new ServerState.Unreachable(ServerState.Kind.TIMED_OUT, why, took);
    }

    private static RuntimeException rethrow(@Nullable Throwable cause) {
        if (cause instanceof RuntimeException failure) {
            return failure;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return new IllegalStateException("a look at a server cannot fail with this", cause);
    }

    /** What each server said, or what it answered a question with instead. */
    private record Round(SortedMap<ServerId, ServerState> seen, Map<ServerId, MysqlException> failed) {
        void collect(ServerId id, Supplier<ServerState> answer) {
            try {
                seen.put(id, answer.get());
            } catch (MysqlException e) {
                failed.put(id, e);
            }
        }

        /** Throws the first failure; the others hang on it as suppressed. */
        void throwIfAnyFailed() {
            List<MysqlException> all = List.copyOf(failed.values());
            if (!all.isEmpty()) {
                all.subList(1, all.size()).forEach(all.get(0)::addSuppressed);
                throw all.get(0);
            }
        }
    }
}
