package io.mha4j.execution;

import io.mha4j.archive.Archive;
import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import io.mha4j.base.MhaException;
import io.mha4j.base.ServerId;
import io.mha4j.base.Sleeper;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.Gtids;
import io.mha4j.config.ServerSettings;
import io.mha4j.decision.FailoverFacts;
import io.mha4j.decision.Step;
import io.mha4j.decision.StepResult;
import io.mha4j.execution.level.FeedWay;
import io.mha4j.execution.level.OpenFeed;
import io.mha4j.execution.level.UsualSettings;
import io.mha4j.execution.level.UsualSettings.Usual;
import io.mha4j.feed.Feed;
import io.mha4j.feed.FeedAccount;
import io.mha4j.feed.FeedIdentity;
import io.mha4j.mysql.ReplicationControl;
import io.mha4j.mysql.ServerSession;
import io.mha4j.mysql.SourceControl;
import io.mha4j.mysql.SourceTarget;
import io.mha4j.remote.Host;
import io.mha4j.report.EventLog;
import io.mha4j.topology.LevellingMark;
import io.mha4j.topology.Replica;
import io.mha4j.topology.ReplicaStatus;
import io.mha4j.topology.ServerFacts;
import io.mha4j.topology.ServerIdentity;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Gives replicas what an archive holds. Each follows a feed of it for a moment, so that its own threads apply the events. Afterwards it stands there with its threads stopped and its settings as they were, pointing
 * at the old source again; so it does when it failed. Done twice, or cut anywhere and done again, it ends the same: what a
 * replica has executed decides, not what was done before. One that cannot follow the feed gets the events over SQL.
 */
public final class LevelSteps {
    private static final Duration SHORT = Duration.ofSeconds(30);
    private static final Duration STOPPING = Duration.ofSeconds(100);
    private static final Duration LONG = Duration.ofHours(6);
    private static final Duration TELL = Duration.ofSeconds(1);

    private final FailoverFacts facts;
    private final Sessions sessions;
    private final Function<ServerSettings, Host> hosts;
    private final EventLog log;
    private final Feed.Time time;
    private final Sleeper sleeper;
    private final UsualSettings usual;
    private final Places places;
    private final EarlierEvents earlier;

    /**
     * Levelling of one run.
     *
     * @param facts the facts at its beginning
     * @param hosts how the host of a server is reached
     */
    public LevelSteps(
            FailoverFacts facts,
            Sessions sessions,
            Function<ServerSettings, Host> hosts,
            EventLog log,
            Feed.Time time,
            Sleeper sleeper) {
        this.facts = facts;
        this.sessions = sessions;
        this.hosts = hosts;
        this.log = log;
        this.time = time;
        this.sleeper = sleeper;
        this.usual = new UsualSettings(facts, log);
        this.places = new Places(facts, log);
        this.earlier = new EarlierEvents(facts, places, log);
    }

    StepResult level(Step.Level step) {
        Archive archive = Archive.read(Path.of(step.archive()));
        ServerSession session = sessions.of(step.server(), within(SHORT));
        closeAsBefore(session);
        ReplicationControl replica =
                new ReplicationControl(session, facts.tree().channel(step.server()), sleeper);
        ReplicaStatus before = settled(replica, step.server());
        if (hasAll(session, before, archive, step)) {
            if (before.isBeingLevelled()) {
                release(replica, usual(replica, before, archive, step.server()), archive, step.server());
            }
            return levelled(session, status(replica, step.server()), step, "had it already");
        }
        if (archive.isEmpty()) {
            throw new LevellingException(
                    step.server(), "nothing was saved that could be given to it, and what it has cannot be told");
        }
        Optional<String> obstacle = obstacle();
        if (obstacle.isEmpty()) {
            obstacle = followed(replica, archive, step);
        }
        if (obstacle.isEmpty()) {
            return levelled(session, status(replica, step.server()), step, "by replication");
        }
        log.warning("{} is levelled over SQL: {}", step.server(), obstacle.get());
        replica.stopReplication(within(STOPPING));
        new SqlLevelling(places.marks(), log, time.ticks())
                .level(
                        session,
                        sqlStart(before, status(replica, step.server()), archive, step.server()),
                        archive,
                        within(LONG));
        return levelled(session, status(replica, step.server()), step, "by SQL");
    }

    /**
     * Gives one that is to be opened, or to follow who is, what an earlier failover saved and gave somebody; its receiver must be
     * stopped.
     *
     * @throws LevellingException if it lacks that and cannot be given it, or nobody can tell what it has
     */
    void complete(ServerId server) {
        ReplicationControl replica = new ReplicationControl(
                sessions.of(server, within(SHORT)), facts.tree().channel(server), sleeper);
        boolean lacks = replica.status(within(SHORT))
                .filter(s -> earlier.areLackedBy(server, s))
                .isPresent();
        if (lacks) {
            earlier.give(server, settled(replica, server), this::level);
        }
    }

    /** A levelling over SQL that was cut off has left it open to privileged accounts. */
    private void closeAsBefore(ServerSession session) {
        boolean wasClosed = facts.tree()
                .replica(session.server())
                .filter(r -> r.facts().superReadOnly())
                .isPresent();
        if (wasClosed) {
            new SourceControl(session).setReadOnly(true, within(SHORT));
        }
    }

    /** Why no replica may follow a feed. */
    private Optional<String> obstacle() {
        boolean known =
                facts.app().of(facts.tree().source()).mysql().replPassword().isPresent();
        return known
                ? Optional.empty()
                : Optional.of("repl_password is not set, so that replication settings could not be put back");
    }

    /** Why it could not follow in any way; empty when it did. */
    private Optional<String> followed(ReplicationControl replica, Archive archive, Step.Level step) {
        List<String> failures = new ArrayList<>();
        for (FeedWay way : FeedWay.to(facts.app().of(step.server()), hosts)) {
            try {
                // What one way did before it failed counts for the next.
                follow(replica, status(replica, step.server()), archive, step, way);
                failures.forEach(why -> log.warning("{} could not follow the manager {}", step.server(), why));
                return Optional.empty();
            } catch (LevellingException | InterruptedWork e) {
                throw e;
            } catch (MhaException e) {
                failures.add(way + ": " + e.getMessage());
            }
        }
        return Optional.of("it could not follow the manager " + String.join("; ", failures));
    }

    /**
     * Its status once its own relay log is executed and nothing moves any more: a change of its source throws the relay log
     * away. One that is delayed on purpose is not waited for: the archive begins where it is. One whose levelling was cut
     * off may still be trying to reach the feed that is gone.
     */
    private ReplicaStatus settled(ReplicationControl replica, ServerId server) {
        ReplicaStatus status = status(replica, server);
        if (status.isBeingLevelled()) {
            replica.stopReceiver(within(SHORT));
            status = status(replica, server);
        }
        if (!status.applier().running() || !status.receiver().word().equals("No")) {
            return status;
        }
        if (status.delay().isZero()) {
            replica.awaitApplied(within(LONG));
        } else {
            replica.stopReplication(within(STOPPING));
        }
        return status(replica, server);
    }

    private ReplicaStatus status(ReplicationControl replica, ServerId server) {
        return replica.status(within(SHORT)).orElseThrow(() -> NotLevelException.noReplica(server));
    }

    private boolean hasAll(ServerSession session, ReplicaStatus status, Archive archive, Step.Level step) {
        return byGtid(archive)
                .map(wanted ->
                        executed(session).filter(has -> has.covers(wanted)).isPresent())
                .orElseGet(() -> places.isAt(step.server(), status, step.upTo()));
    }

    private Optional<SqlLevelling.Start> sqlStart(
            ReplicaStatus settled, ReplicaStatus status, Archive archive, ServerId server) {
        if (byGtid(archive).isPresent()) {
            return Optional.empty();
        }
        BinlogPosition from = places.known(server, status);
        return Optional.of(new SqlLevelling.Start(
                status.applied().orElse(from), places.executedUpTo(server, settled, status), from));
    }

    Places places() {
        return places;
    }

    /** What must be executed, where the tree is failed over by GTID. */
    private Optional<Gtids> byGtid(Archive archive) {
        return facts.tree().mode().usesGtids() ? archive.gtids() : Optional.empty();
    }

    private Optional<Gtids> executed(ServerSession session) {
        return new SourceControl(session).executed(within(SHORT));
    }

    private void follow(
            ReplicationControl replica, ReplicaStatus before, Archive archive, Step.Level step, FeedWay way) {
        Usual settings = usual(replica, before, archive, step.server());
        Optional<MhaException> failure = Optional.empty();
        try (OpenFeed feed = way.open(archive, identity(archive, step.server()), time, within(SHORT))) {
            FeedAccount account = feed.account();
            replica.changeSource(
                    new SourceTarget(
                            feed.host(),
                            feed.port(),
                            account.user(),
                            Optional.of(account.password()),
                            start(before, step.server()),
                            settings.link().forLevelling()),
                    within(STOPPING));
            replica.orderStart(true, within(SHORT));
            log.info(
                    "{} follows {} transactions, {} bytes, {}",
                    step.server(),
                    archive.transactions(),
                    archive.bytes(),
                    way);
            await(replica, before, archive, step);
        } catch (InterruptedWork e) {
            failure = Optional.of(e);
            throw e;
        } catch (MhaException e) {
            MhaException told = applierFailed(replica) ? new LevellingException(step.server(), e.getMessage()) : e;
            failure = Optional.of(told);
            throw told;
        } finally {
            if (putBack(replica, settings, step.server(), failure)) {
                usual.forget(step.server(), archive);
            }
        }
    }

    private Usual usual(ReplicationControl replica, ReplicaStatus before, Archive archive, ServerId server) {
        return usual.of(server, before, replica.link(within(SHORT)).orElse(SourceTarget.Link.AS_IT_IS), archive);
    }

    /** How one is to keep in touch with a new source: as it does, unless that is the levelling's, which could not be put back. */
    SourceTarget.Link link(ServerId server, ReplicaStatus now) {
        return usual.link(server, now);
    }

    /** An event that its own threads cannot apply cannot be applied over SQL either. */
    private boolean applierFailed(ReplicationControl replica) {
        return replica.status(within(SHORT))
                .filter(s -> s.applier().errorCode() != 0)
                .isPresent();
    }

    private void await(ReplicationControl replica, ReplicaStatus before, Archive archive, Step.Level step) {
        Consumer<ReplicaStatus> teller = new Teller(step.server(), archive, before);
        Optional<Gtids> wanted = byGtid(archive);
        if (wanted.isPresent()) {
            replica.awaitFromSource(wanted.get(), teller, within(LONG));
        } else {
            replica.awaitFromSource(step.upTo(), teller, within(LONG));
        }
    }

    /** Tells once a second how far a replica is. */
    private final class Teller implements Consumer<ReplicaStatus> {
        private final ServerId server;
        private final LevelProgress progress;
        private Duration told = now();

        Teller(ServerId server, Archive archive, ReplicaStatus before) {
            this.server = server;
            this.progress = new LevelProgress(archive, before.applied(), told);
        }

        @Override
        public void accept(ReplicaStatus status) {
            if (now().minus(told).compareTo(TELL) >= 0) {
                told = now();
                log.info("{}: {}", server, progress.sentence(status.applied(), status.read(), told));
            }
        }

        private Duration now() {
            return Duration.ofNanos(time.ticks().nanos());
        }
    }

    private SourceTarget.Start start(ReplicaStatus before, ServerId server) {
        if (facts.tree().mode().usesGtids()) {
            return new SourceTarget.Start.AutoPosition();
        }
        return new SourceTarget.Start.FilePosition(places.known(server, before));
    }

    /** To a replica the feed is the old source. */
    private FeedIdentity identity(Archive archive, ServerId server) {
        Optional<Replica> replica = facts.tree().replica(server);
        Optional<String> uuid = facts.lastSource()
                .flatMap(ServerFacts::serverUuid)
                .or(() -> replica.map(r -> r.status().sourceIdentity()).flatMap(ServerIdentity::uuid));
        String name = facts.tree().source().host() + ":" + facts.tree().source().port();
        boolean mysqlGtids = replica.map(Replica::facts)
                .filter(f -> !f.version().isMariadb())
                .map(ServerFacts::gtidsOn)
                .orElse(false);
        return new FeedIdentity(
                archive.serverId(),
                uuid.orElseGet(() -> UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                        .toString()),
                Optional.of(mysqlGtids ? "ON" : "OFF"),
                Set.of(),
                Optional.of(LevellingMark.of(facts.tree().source())));
    }

    /** Of one whose levelling was cut off when it had all. */
    private void release(ReplicationControl replica, Usual settings, Archive archive, ServerId server) {
        if (putBack(replica, settings, server, Optional.empty())) {
            usual.forget(server, archive);
        }
    }

    /**
     * Stops it and points it where it pointed before, at the place it has come to; false if that failed too after another
     * failure, which counts.
     */
    private boolean putBack(ReplicationControl replica, Usual usual, ServerId server, Optional<MhaException> failure) {
        try {
            replica.stopReplication(within(STOPPING));
            ReplicaStatus now = status(replica, server);
            replica.changeSource(oldSource(usual, start(now, server)), within(STOPPING));
            return true;
        } catch (MhaException e) {
            if (failure.isEmpty()) {
                throw e;
            }
            failure.get().addSuppressed(e);
            return false;
        }
    }

    private SourceTarget oldSource(Usual usual, SourceTarget.Start start) {
        ServerSettings.Mysql login = facts.app().of(facts.tree().source()).mysql();
        String user = login.replUser().orElse(usual.user());
        return new SourceTarget(usual.host(), usual.port(), user, login.replPassword(), start, usual.link());
    }

    private StepResult levelled(ServerSession session, ReplicaStatus status, Step.Level step, String way) {
        Optional<Gtids> executed = facts.tree().mode().usesGtids() ? executed(session) : Optional.empty();
        places.level(step.server(), step.upTo());
        log.debug("{} is level with {} {}", step.server(), step.upTo(), way);
        return new StepResult.Levelled(status, step.upTo(), executed, way);
    }

    private Deadline within(Duration limit) {
        return Deadline.in(limit, time.ticks());
    }
}
