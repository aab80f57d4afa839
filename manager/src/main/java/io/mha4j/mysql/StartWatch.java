package io.mha4j.mysql;

import io.mha4j.base.ServerId;
import io.mha4j.base.Ticks;
import io.mha4j.topology.ReplicaStatus;
import io.mha4j.topology.ReplicaStatus.ThreadState;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Watches replication threads start. A thread says Yes before its source refuses the position, and before it fails at the first
 * event, so that is believed only when something has come from the source and was executed, or when they still run a good while
 * later. Used by one thread, for one start.
 */
final class StartWatch {
    private static final long CONFIRM = Duration.ofMillis(200).toNanos();
    /** A source that sends and then finds that it cannot go on says so at once. */
    private static final long CONFIRM_FLOWING = Duration.ofMillis(20).toNanos();

    private static final Duration LOOK_SOON = Duration.ofMillis(5);
    private static final Duration LOOK_LATER = Duration.ofMillis(50);
    /** A receiver tries again every 60 s by default; an error that stands this long does not go away by itself. */
    private static final long PERSISTENT = Duration.ofSeconds(3).toNanos();
    /** The source answered and refuses us: trying again does not help (1045 access denied ... 2061 needs TLS or a key). */
    private static final Set<Integer> HOPELESS =
            Set.of(1044, 1045, 1130, 1227, 1251, 1698, 2049, 2054, 2058, 2059, 2061);

    private final ServerId server;
    private final String doing;
    private final boolean both;
    private final Ticks ticks;
    private final Optional<ReplicaStatus> before;
    private final long begun;
    private OptionalLong flowingSince = OptionalLong.empty();
    private OptionalLong runningSince = OptionalLong.empty();
    private OptionalLong failingSince = OptionalLong.empty();

    /**
     * @param both   whether the receiver was started too
     * @param before what the channel looked like before that, for seeing that something has come; empty if unknown
     */
    StartWatch(ServerId server, String doing, boolean both, Ticks ticks, Optional<ReplicaStatus> before) {
        this.server = server;
        this.doing = doing;
        this.both = both;
        this.ticks = ticks;
        this.before = before;
        this.begun = ticks.nanos();
    }

    /** How long to wait before the next look. */
    Duration pause() {
        return ticks.nanos() - begun < CONFIRM ? LOOK_SOON : LOOK_LATER;
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
        boolean flowing =
                running && both && before.filter(b -> flows(b, status)).isPresent();
        runningSince = since(running, runningSince, now);
        flowingSince = since(flowing, flowingSince, now);
        return (running && now - runningSince.getAsLong() >= CONFIRM)
                || (flowing && now - flowingSince.getAsLong() >= CONFIRM_FLOWING);
    }

    private static OptionalLong since(boolean holds, OptionalLong until, long now) {
        return holds ? OptionalLong.of(until.orElse(now)) : OptionalLong.empty();
    }

    /**
     * Whether something came and nothing of it is stuck. A source begins by naming its file: by GTID that makes the place known,
     * and it begins a new relay log.
     */
    private static boolean flows(ReplicaStatus before, ReplicaStatus now) {
        boolean came = !now.read().equals(before.read()) || !relayFile(now).equals(relayFile(before));
        boolean executed = now.applied().equals(now.read()) || !now.applied().equals(before.applied());
        return came && now.read().isPresent() && executed;
    }

    private static Optional<String> relayFile(ReplicaStatus status) {
        return status.relayLog().map(ReplicaStatus.RelayPosition::file);
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
