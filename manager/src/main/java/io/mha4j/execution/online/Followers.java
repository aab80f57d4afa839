package io.mha4j.execution.online;

import io.mha4j.base.Deadline;
import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.config.ServerSettings;
import io.mha4j.decision.online.OnlineFacts;
import io.mha4j.decision.online.OnlineStep;
import io.mha4j.execution.Sessions;
import io.mha4j.mysql.ReplicationControl;
import io.mha4j.mysql.ServerSession;
import io.mha4j.mysql.SourceControl.Coordinates;
import io.mha4j.mysql.SourceTarget;
import io.mha4j.mysql.Sql;
import io.mha4j.mysql.online.PositionWait;
import io.mha4j.topology.HealthRules;
import io.mha4j.topology.Replica;
import io.mha4j.topology.ReplicaStatus;
import io.mha4j.topology.ReplicaStatus.Filters;
import io.mha4j.topology.ReplicationMode;
import java.time.Duration;
import java.util.Optional;

/** Makes servers follow the new source: the old one's other replicas, and the old one itself. */
final class Followers {
    private static final Duration SHORT = Duration.ofSeconds(30);
    /** For the old source to go on as it did. */
    private static final Duration START = Duration.ofSeconds(10);
    /** A new source that has died meanwhile is to be failed over, which this switch holds up. */
    private static final Duration UNHEARD = Duration.ofSeconds(10);
    /** A replica that lags behind is waited for; nobody else waits for it. */
    private static final Duration CATCH_UP = Duration.ofMinutes(10);

    private final OnlineFacts facts;
    private final Sessions sessions;
    private final OnlineSteps.Time time;
    private boolean takenUp;

    Followers(OnlineFacts facts, Sessions sessions, OnlineSteps.Time time) {
        this.facts = facts;
        this.sessions = sessions;
        this.time = time;
    }

    /** An earlier run may have moved servers already. */
    void takeUp() {
        takenUp = true;
    }

    /** The channel by which a server follows, or followed, its source. */
    String channel(ServerId server) {
        return facts.tree()
                .replica(server)
                .map(Replica::status)
                .or(() -> facts.tree().sourceFollows().filter(s -> server.equals(facts.oldSource())))
                .map(ReplicaStatus::channel)
                .orElse("");
    }

    ReplicationControl replication(ServerId server) {
        return new ReplicationControl(session(server), channel(server), time.sleeper());
    }

    String start(OnlineStep.StartReplication step) {
        ReplicationControl replica = replication(step.server());
        if (!step.threads().both()) {
            return startOne(step.server(), replica, step.threads());
        }
        if (!step.runs()) {
            replica.orderStart(true, time.within(START));
            return "ordered";
        }
        replica.startReplication(time.within(START));
        return "";
    }

    private String startOne(ServerId server, ReplicationControl replica, OnlineStep.Threads threads) {
        if (threads.receiver()) {
            replica.orderStart(false, time.within(START));
            return "ordered";
        }
        if (threads.applier() && facts.tree().mode() == ReplicationMode.MARIADB_GTID) {
            // It would forget what it received, or from then on go by file and position.
            throw session(server)
                    .notAsAsked("START SLAVE SQL_THREAD", "it stays stopped; START SLAVE when its IO thread may run");
        }
        if (threads.applier()) {
            replica.startApplier(time.within(START));
        }
        return "";
    }

    /** By file and position a replica may go over only where it has executed all of the old source's history. */
    String repoint(OnlineStep.Repoint step, Coordinates switchPoint, Coordinates opening) {
        if (hasMoved(step.server(), step.newSource(), opening)) {
            replication(step.server()).startReplication(UNHEARD, time.within(SHORT));
            return "";
        }
        if (!facts.tree().mode().usesGtids()) {
            requireInTime(step.server(), switchPoint.position());
            new PositionWait(session(step.server()), channel(step.server()))
                    .until(switchPoint.position(), time.within(CATCH_UP));
            requireNothingBehind(step.server(), switchPoint.position());
        }
        String name = facts.tree()
                .replica(step.server())
                .map(r -> r.nameFor(step.newSource()))
                .orElse(step.newSource().host());
        follow(step.server(), target(step.server(), step.newSource(), name, opening));
        return "";
    }

    /**
     * Whether a server was pointed at the new source by a run that died. It goes on where it is by now: by file and position
     * it would execute everything twice that it got since the new source was opened. The old source of a pair pointed there
     * before, and had executed less.
     */
    boolean hasMoved(ServerId server, ServerId newSource, Coordinates opening) {
        boolean followedBefore = facts.tree()
                .sourceFollows()
                .filter(s -> server.equals(facts.oldSource()) && s.pointsTo(newSource))
                .isPresent();
        return (takenUp || !followedBefore)
                && replication(server)
                        .status(time.within(SHORT))
                        .filter(s -> s.pointsTo(newSource))
                        .filter(s -> !followedBefore || hasPassed(s, opening.position()))
                        .isPresent();
    }

    /** With GTIDs nothing is executed twice, and to be pointed there again costs nothing. */
    private boolean hasPassed(ReplicaStatus status, BinlogPosition opening) {
        return !facts.tree().mode().usesGtids()
                && status.applied().filter(at -> at.isAtOrAfter(opening)).isPresent();
    }

    /** What it holds back on purpose for longer than it would be waited for need not be waited for at all. */
    private void requireInTime(ServerId replica, BinlogPosition switchPoint) {
        replication(replica)
                .status(time.within(SHORT))
                .filter(s -> s.delay().compareTo(CATCH_UP) > 0)
                .filter(s ->
                        s.applied().filter(at -> at.isAtOrAfter(switchPoint)).isEmpty())
                .ifPresent(s -> {
                    throw session(replica)
                            .notAsAsked(
                                    "moving it to the new master",
                                    "it applies with a delay of %d s on purpose and holds back what was written last; it still follows %s"
                                            .formatted(s.delay().toSeconds(), facts.oldSource()));
                });
    }

    /** What the old source's log got afterwards is in its successor's log too and would be executed twice. */
    private void requireNothingBehind(ServerId replica, BinlogPosition switchPoint) {
        replication(replica)
                .status(time.within(SHORT))
                .flatMap(ReplicaStatus::applied)
                .filter(at -> at.file().equals(switchPoint.file()) && at.offset() > switchPoint.offset())
                .ifPresent(at -> {
                    throw new NotStillException(
                            replica,
                            "it has executed the old master's binary log up to " + at + ", which is behind "
                                    + switchPoint + ", where the new master takes over");
                });
    }

    /** The name or address is that by which the new source knew the old one (MHA 0.58, {@code MasterRotate.pm}). */
    String rejoin(OnlineStep.Rejoin step, Coordinates opening) {
        boolean byAddress = facts.tree()
                .replica(step.newSource())
                .filter(Replica::knowsSourceByAddress)
                .isPresent();
        String name = byAddress ? step.newSource().ip() : step.newSource().host();
        ReplicationControl replica = replication(step.server());
        if (!hasMoved(step.server(), step.newSource(), opening)) {
            replica.stopReplication(time.within(SHORT));
            if (facts.tree().mode().usesGtids()) {
                replica.adoptOwnHistory(time.within(SHORT));
            }
            SourceTarget target = target(step.server(), step.newSource(), name, opening);
            replica.changeSource(target.with(linkOfOthers()), time.within(SHORT));
        }
        requireSameFilters(replica, step);
        replica.startReplication(UNHEARD, time.within(SHORT));
        if (!facts.tree().mode().usesGtids()) {
            session(step.server()).execute(Sql.of("SET GLOBAL relay_log_purge=0"), time.within(SHORT));
        }
        return "";
    }

    /** As those replicate that followed the old source: the account may want TLS, and nobody told a source to use it. */
    private SourceTarget.Link linkOfOthers() {
        return SourceTarget.Link.like(
                facts.tree().replicas().stream().map(Replica::status).toList());
    }

    /** MySQL 5.5 to 5.7 tells with which it would apply only once it is a replica; what one leaves out is gone for good. */
    private void requireSameFilters(ReplicationControl replica, OnlineStep.Rejoin step) {
        Optional<Filters> own = replica.status(time.within(SHORT)).map(ReplicaStatus::filters);
        Optional<Filters> others =
                facts.tree().replica(step.newSource()).map(r -> r.status().filters());
        HealthRules.otherFilters(
                        facts.app().of(step.server()), own, step.newSource().toString(), others)
                .ifPresent(difference -> {
                    replica.forgetSource(time.within(SHORT));
                    throw session(step.server())
                            .notAsAsked(
                                    "making it a slave",
                                    "it would apply with " + difference
                                            + " did, so it follows nobody and stays read-only; give it the same, then point it to the new master by the place in this log");
                });
    }

    private void follow(ServerId server, SourceTarget target) {
        ReplicationControl replica = replication(server);
        replica.changeSource(target, time.within(SHORT));
        replica.startReplication(UNHEARD, time.within(SHORT));
    }

    /** The new source's {@code repl_user}; where none is set, the account that is in use. */
    private SourceTarget target(ServerId server, ServerId source, String name, Coordinates opening) {
        ServerSettings.Mysql login = facts.app().of(source).mysql();
        String user = login.replUser()
                .or(() -> facts.tree().replica(server).map(r -> r.status().user()))
                .or(() -> facts.tree().replica(source).map(r -> r.status().user()))
                .orElseThrow(() -> new IllegalStateException("nobody knows the account for " + source));
        SourceTarget.Start start = facts.tree().mode().usesGtids()
                ? new SourceTarget.Start.AutoPosition()
                : new SourceTarget.Start.FilePosition(opening.position());
        return new SourceTarget(name, source.port(), user, login.replPassword(), start);
    }

    private ServerSession session(ServerId server) {
        Deadline deadline = time.within(SHORT);
        return sessions.of(server, deadline);
    }
}
