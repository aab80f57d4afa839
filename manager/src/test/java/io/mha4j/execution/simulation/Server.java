package io.mha4j.execution.simulation;

import io.mha4j.base.ServerId;
import io.mha4j.decision.StepResult;
import io.mha4j.decision.World;
import io.mha4j.topology.Replica;
import io.mha4j.topology.ReplicaStatus;
import io.mha4j.topology.ServerFacts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A living replica: what it has, what its threads do, whom it follows, what it shows of that. */
final class Server {
    static final int NO_RELAY_LOGS = Integer.MAX_VALUE;

    private final World world;
    private final Replica before;
    int received;
    int applied;
    /** What SQL gave it is not in its status. */
    int notShown;

    /** Behind how many transactions its relay logs begin; it throws them away when it is pointed elsewhere. */
    int relayLogsFrom;

    boolean receiving = true;
    boolean applying;
    /** Its receiver was seen to have stopped. */
    boolean stopped;

    boolean opened;
    /** Somebody else's doing. */
    boolean openedByOperator;

    boolean onFeed;
    boolean settings = true;
    ServerId follows = World.id(0);
    String elsewhere = "";
    int ownWrites;
    int startedBehind;
    /** Says how far it is: by GTID only from what it has received since it was last pointed anywhere. */
    boolean placed;

    boolean detached;
    /** Servers that nobody knows, of which it has a transaction; and those whose is no longer in its binary log. */
    final Set<Integer> strays = new TreeSet<>();

    final Set<Integer> purgedStrays = new TreeSet<>();
    /** What it applies. */
    final boolean logs;

    Server(World world, Replica before) {
        World.Replica begin = world.replicas().get(before.id().order() - 1);
        this.world = world;
        this.before = before;
        this.received = begin.received();
        this.applied = begin.applied();
        this.relayLogsFrom = begin.relayLogsFrom();
        this.placed = !world.gtids() || begin.health() != World.Health.NO_PLACE;
        this.logs = before.facts()
                .binlog()
                .filter(ServerFacts.OwnBinlog::logReplicaUpdates)
                .isPresent();
        this.applying = before.status().applier().running();
        if (world.gtids()) {
            strays.addAll(begin.strays());
            purgedStrays.addAll(begin.stray().purged() ? begin.strays() : Set.of());
        }
    }

    /** Its receiver starts, by GTID, and is given strays. */
    void follow(Server source) {
        restart(true);
        if (isRefusedBy(source)) {
            receiving = false;
            throw new Cluster.NotDone("Got fatal error 1236 from source: its binary log lacks what is required");
        }
        strays.addAll(source.strays);
    }

    /** Whether it lacks what {@code source} has executed and purged, or never logged: then it is sent nothing at all (error 1236). */
    boolean isRefusedBy(Server source) {
        return !strays.containsAll(source.logs ? source.purgedStrays : source.strays)
                || (!source.logs && applied < source.applied);
    }

    void restart(boolean receiver) {
        placed |= receiver;
        receiving = receiver;
        applying = true;
    }

    void stop() {
        receiving = false;
        applying = false;
    }

    /** Its settings are as before; by GTID it has received nothing with them yet. */
    void leaveFeed() {
        stop();
        placed &= !onFeed || !world.gtids();
        onFeed = false;
    }

    StepResult.ReplicaAt at() {
        return new StepResult.ReplicaAt(status(), executed());
    }

    Optional<io.mha4j.binlog.Gtids> executed() {
        return world.gtids() ? Optional.of(world.executed(applied, strays)) : Optional.empty();
    }

    ReplicaStatus status() {
        ReplicaStatus was = before.status();
        return new ReplicaStatus(
                was.channel(),
                elsewhere.isEmpty() ? (onFeed ? "127.0.0.1" : follows.host()) : elsewhere,
                3306,
                onFeed ? ReplicaStatus.LEVELLING_USER + "1" : was.user(),
                thread(receiving),
                thread(applying),
                Optional.of(World.sourcePosition(received - notShown)).filter(p -> placed),
                Optional.of(World.sourcePosition(applied - notShown)).filter(p -> placed),
                Optional.empty(),
                was.autoPosition(),
                world.gtids() ? Optional.of(world.retrieved(received, strays)) : Optional.empty(),
                was.delay(),
                Optional.of(Duration.ZERO),
                false,
                ReplicaStatus.Filters.NONE,
                was.sourceIdentity());
    }

    private static ReplicaStatus.ThreadState thread(boolean running) {
        return new ReplicaStatus.ThreadState(running, running ? "Yes" : "No", 0, "");
    }

    /** What a sweep sees. */
    ServerFacts facts() {
        ServerFacts was = before.facts();
        return new ServerFacts(
                was.version(),
                was.serverId(),
                was.serverUuid(),
                !opened && !openedByOperator,
                was.superReadOnly(),
                was.offline(),
                was.binlog(),
                was.gtidsOn(),
                executed(),
                was.purged(),
                settings ? List.of(status()) : List.of(),
                was.relayLogPurge(),
                was.parallelWorkers(),
                was.checkpointMillis(),
                was.syncBinlog(),
                was.eventScheduler(),
                was.semiSync(),
                was.datadir(),
                was.seat(),
                was.refusedKind());
    }

    /** Everything that can be seen or counted, once an applier that runs has done all there is. */
    @Override
    public String toString() {
        return received + "/" + (applying ? received : applied) + " " + receiving + applying + opened + settings
                + follows.section() + onFeed + elsewhere + startedBehind + strays;
    }
}
