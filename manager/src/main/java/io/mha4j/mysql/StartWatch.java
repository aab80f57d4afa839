package io.mha4j.mysql;

import io.mha4j.base.ServerId;
import io.mha4j.base.Ticks;
import io.mha4j.topology.ReplicaStatus;
import io.mha4j.topology.ReplicaStatus.ThreadState;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Watches replication threads start. They run only when they still do a moment later: a thread says Yes before its
 * source refuses the position, and before it fails at the first event. Used by one thread, for one start.
 */
final class StartWatch {
    private static final long CONFIRM = Duration.ofMillis(200).toNanos();
    /** A receiver tries again every 60 s by default; an error that stands this long does not go away by itself. */
    private static final long PERSISTENT = Duration.ofSeconds(3).toNanos();
    /** The source answered and refuses us: trying again does not help (1045 access denied ... 2061 needs TLS or a key). */
    private static final Set<Integer> HOPELESS =
            Set.of(1044, 1045, 1130, 1227, 1251, 1698, 2049, 2054, 2058, 2059, 2061);

    private final ServerId server;
    private final String doing;
    private final boolean both;
    private final Ticks ticks;
    private OptionalLong runningSince = OptionalLong.empty();
    private OptionalLong failingSince = OptionalLong.empty();

    /** @param both whether the receiver was started too */
    StartWatch(ServerId server, String doing, boolean both, Ticks ticks) {
        this.server = server;
        this.doing = doing;
        this.both = both;
        this.ticks = ticks;
    }

    boolean isOver(ReplicaStatus status) {
        long now = ticks.nanos();
        failIfStopped(status.applier());
        if (both) {
            failIfStopped(status.receiver());
            failIfHopeless(status.receiver(), now);
        }
        boolean running =
                status.applier().running() && (!both || status.receiver().running());
        runningSince = running ? OptionalLong.of(runningSince.orElse(now)) : OptionalLong.empty();
        return running && now - runningSince.getAsLong() >= CONFIRM;
    }

    private void failIfStopped(ThreadState thread) {
        if (thread.failed() && thread.word().equals("No")) {
            throw MysqlException.ofReplication(server, doing, thread.errorCode(), thread.error());
        }
    }

    private void failIfHopeless(ThreadState receiver, long now) {
        if (!receiver.failed()) {
            failingSince = OptionalLong.empty();
            return;
        }
        failingSince = OptionalLong.of(failingSince.orElse(now));
        if (HOPELESS.contains(receiver.errorCode()) || now - failingSince.getAsLong() >= PERSISTENT) {
            throw MysqlException.ofReplication(server, doing, receiver.errorCode(), receiver.error());
        }
    }
}
