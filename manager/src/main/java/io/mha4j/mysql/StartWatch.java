package io.mha4j.mysql;

import io.mha4j.base.ServerId;
import io.mha4j.base.Ticks;
import io.mha4j.mysql.receiver.SourceReach;
import io.mha4j.topology.ReplicaStatus;
import io.mha4j.topology.ReplicaStatus.RelayPosition;
import io.mha4j.topology.ReplicaStatus.ThreadState;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

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

    private final ServerId server;
    private final String doing;
    private final Optional<SourceReach> reach;
    private final Optional<RelayPosition> empty;
    private final Ticks ticks;
    private OptionalLong runningSince = OptionalLong.empty();

    /**
     * @param reach judges the receiver, if that was started too
     * @param empty the beginning of the relay logs, if there is nothing in them yet
     */
    StartWatch(ServerId server, String doing, Optional<SourceReach> reach, Optional<RelayPosition> empty, Ticks ticks) {
        this.server = server;
        this.doing = doing;
        this.reach = reach;
        this.empty = empty;
        this.ticks = ticks;
    }

    boolean isOver(ReplicaStatus status) {
        long now = ticks.nanos();
        failIfStopped(status.applier());
        reach.ifPresent(r -> {
            failIfStopped(status.receiver());
            r.saw(status.receiver());
            r.lost().ifPresent(this::fail);
        });
        boolean running = status.applier().running()
                && (reach.isEmpty() || status.receiver().running());
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
            fail(thread);
        }
    }

    private void fail(ThreadState thread) {
        throw MysqlException.ofReplication(server, doing, thread.errorCode(), thread.error());
    }
}
