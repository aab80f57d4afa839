package io.mha4j.monitor.received;

import io.mha4j.base.Deadline;
import io.mha4j.base.ServerId;
import io.mha4j.base.Ticks;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.config.ServerSettings;
import io.mha4j.monitor.Slot;
import io.mha4j.mysql.MysqlException;
import io.mha4j.mysql.ServerSession;
import io.mha4j.topology.ManagedTree;
import io.mha4j.topology.ReplicaStatus;
import io.mha4j.topology.ServerIdentity;
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

    private final ManagedTree tree;
    private final ServerIdentity identity;
    private final List<ServerSettings> servers;
    private final Ticks ticks;

    /**
     * @param tree    as it was seen last; replicas may follow its source by another name or address than is configured
     * @param servers all that are configured
     */
    public ReceptionLook(ManagedTree tree, List<ServerSettings> servers, Ticks ticks) {
        this.tree = tree;
        this.identity = tree.sourceFacts().map(ServerIdentity::of).orElse(ServerIdentity.UNKNOWN);
        this.servers = List.copyOf(servers);
        this.ticks = ticks;
    }

    /** Asks now; comes back within a second. */
    @Override
    public Reception get() {
        Deadline deadline = Deadline.in(LIMIT, ticks);
        Map<ServerId, Slot<Optional<BinlogPosition>>> asked = new LinkedHashMap<>();
        servers.stream()
                .filter(server -> !server.id().equals(tree.source()))
                .forEach(replica -> asked.put(
                        replica.id(),
                        Slot.start("received-" + replica.id().section(), ticks, () -> ask(replica, deadline))));
        Map<ServerId, BinlogPosition> places = new HashMap<>();
        asked.forEach((id, slot) -> slot.await(deadline, Optional::empty).ifPresent(place -> places.put(id, place)));
        return new Reception(places);
    }

    private Optional<BinlogPosition> ask(ServerSettings replica, Deadline deadline) {
        try (ServerSession session = ServerSession.open(replica, deadline)) {
            return received(replica.id(), session.channels(deadline));
        } catch (MysqlException e) {
            return Optional.empty();
        }
    }

    /** How far, by the channel that leads to the source. */
    Optional<BinlogPosition> received(ServerId replica, List<ReplicaStatus> channels) {
        List<ServerId> known = servers.stream().map(ServerSettings::id).toList();
        return channels.stream()
                .filter(channel -> channel.leadsTo(tree.source(), identity, known) || isAsInTree(replica, channel))
                .findFirst()
                .flatMap(ReplicaStatus::read);
    }

    /**
     * A source that did not answer the look at the tree never said who it is. A replica that was found to follow it
     * then, by whatever name, does so while it names the same one.
     */
    private boolean isAsInTree(ServerId replica, ReplicaStatus channel) {
        return !channel.isBeingLevelled()
                && tree.replica(replica)
                        .filter(known -> known.status().pointsAs(channel))
                        .isPresent();
    }
}
