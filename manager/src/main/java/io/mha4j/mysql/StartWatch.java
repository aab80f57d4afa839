package io.mha4j.mysql;

import io.mha4j.base.ServerId;
import io.mha4j.base.Ticks;
import io.mha4j.topology.ReplicaStatus;
import io.mha4j.topology.ReplicaStatus.RelayPosition;
import io.mha4j.topology.ReplicaStatus.ThreadState;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Watches replication threads start. A receiver says Yes before its source refuses the position (MariaDB: up to 0.2 s before). A
 * source that accepts it begins with the name of its log and with a format description, for which the receiver begins a relay
 * log, and the applier goes over to that; no server of 5.5 to 9.7 or MariaDB 10.11 and 11.4 does so when the source has no such
 * log, or an end before the position. A position inside an event is accepted first and fails, if at all, at the event.
 * Where threads go on with the relay logs that they have, this cannot be told, and they run when they still do a moment
 * later. Used by one thread, for one start.
 */
final class StartWatch {
    private static final long CONFIRM = Duration.ofMillis(200).toNanos();
    /** How long an applier may take to be seen in the new relay log; by then a source has refused. */
    private static final long CONFIRM_UNSEEN = Duration.ofSeconds(2).toNanos();
    /** A receiver tries again every 60 s by default; an error that stands this long does not go away by itself. */
    private static final long PERSISTENT = Duration.ofSeconds(3).toNanos();
    /** The source answered and refuses us: trying again does not help (1045 access denied ... 2061 needs TLS or a key). */
    private static final Set<Integer> HOPELESS =
            Set.of(1044, 1045, 1130, 1227, 1251, 1698, 2049, 2054, 2058, 2059, 2061);

    private final ServerId server;
    private final String doing;
    private final boolean both;
    private final Optional<RelayPosition> empty;
    private final Ticks ticks;
    private OptionalLong runningSince = OptionalLong.empty();
    private OptionalLong failingSince = OptionalLong.empty();

    /**
     * @param both  whether the receiver was started too
     * @param empty the beginning of the relay logs, if there is nothing in them yet
     */
    StartWatch(ServerId server, String doing, boolean both, Optional<RelayPosition> empty, Ticks ticks) {
        this.server = server;
        this.doing = doing;
        this.both = both;
        this.empty = empty;
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
        long confirm = empty.isPresent() ? CONFIRM_UNSEEN : CONFIRM;
        return running && (isAccepted(status) || now - runningSince.getAsLong() >= confirm);
    }

    private boolean isAccepted(ReplicaStatus status) {
        return empty.isPresent()
                && status.receiver().errorCode() == 0
                && status.applier().errorCode() == 0
                && status.relayLog()
                        .filter(place -> !place.file().equals(empty.get().file()))
                        .isPresent();
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
