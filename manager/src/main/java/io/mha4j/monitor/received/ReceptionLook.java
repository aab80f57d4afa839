package io.mha4j.monitor.received;

import io.mha4j.base.Deadline;
import io.mha4j.base.ServerId;
import io.mha4j.base.Ticks;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.config.ServerSettings;
import io.mha4j.monitor.Slot;
import io.mha4j.mysql.MysqlException;
import io.mha4j.mysql.ServerSession;
import io.mha4j.topology.ReplicaStatus;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks all replicas at once how far they have received; one that does not tell in time is left out. */
public final class ReceptionLook implements Supplier<Reception> {
    private static final Duration LIMIT = Duration.ofSeconds(1);

    private final ServerId source;
    private final List<ServerSettings> replicas;
    private final Ticks ticks;

    public ReceptionLook(ServerId source, List<ServerSettings> replicas, Ticks ticks) {
        this.source = source;
        this.replicas = List.copyOf(replicas);
        this.ticks = ticks;
    }

    /** Asks now; comes back within a second. */
    @Override
    public Reception get() {
        Deadline deadline = Deadline.in(LIMIT, ticks);
        Map<ServerId, Slot<Optional<BinlogPosition>>> asked = new LinkedHashMap<>();
        for (ServerSettings replica : replicas) {
            asked.put(
                    replica.id(),
                    Slot.start("received-" + replica.id().section(), ticks, () -> ask(replica, deadline)));
        }
        Map<ServerId, BinlogPosition> places = new HashMap<>();
        asked.forEach((id, slot) -> slot.await(deadline, Optional::empty).ifPresent(place -> places.put(id, place)));
        return new Reception(places);
    }

    private Optional<BinlogPosition> ask(ServerSettings replica, Deadline deadline) {
        try (ServerSession session = ServerSession.open(replica, deadline)) {
            return session.channels(deadline).stream()
                    .filter(channel -> channel.pointsTo(source))
                    .findFirst()
                    .flatMap(ReplicaStatus::read);
        } catch (MysqlException e) {
            return Optional.empty();
        }
    }
}
