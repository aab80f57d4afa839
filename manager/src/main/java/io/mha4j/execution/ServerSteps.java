package io.mha4j.execution;

import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import io.mha4j.base.MhaException;
import io.mha4j.base.ServerId;
import io.mha4j.base.Sleeper;
import io.mha4j.base.Ticks;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.Gtids;
import io.mha4j.config.ServerSettings;
import io.mha4j.decision.FailoverFacts;
import io.mha4j.decision.Step;
import io.mha4j.decision.StepResult;
import io.mha4j.execution.fence.FenceSteps;
import io.mha4j.execution.fence.SourceLook;
import io.mha4j.mysql.MysqlException;
import io.mha4j.mysql.ReplicationControl;
import io.mha4j.mysql.ServerSession;
import io.mha4j.mysql.SourceControl;
import io.mha4j.mysql.SourceTarget;
import io.mha4j.mysql.details.WriteFailure;
import io.mha4j.report.EventLog;
import io.mha4j.topology.ReplicaStatus;
import java.time.Duration;
import java.util.Optional;

/**
 * Does each kind of step on the servers. Every step may be asked for again after a crash; each finds out whether it is
 * done already. Steps for different servers may run side by side.
 */
public final class ServerSteps implements Step.Cases<StepResult> {
    /** Limit of a step that only talks. */
    private static final Duration SHORT = Duration.ofSeconds(30);
    /**
     * Limit of a step that stops an applier: with parallel workers MySQL may wait 60 s for the rest of a transaction that
     * the dead source did not send whole (sql/rpl_slave.cc, SLAVE_WAIT_GROUP_DONE).
     */
    private static final Duration STOPPING = Duration.ofSeconds(100);
    /** Limit of waiting for relay logs to be executed, or for transactions of another replica. */
    private static final Duration LONG = Duration.ofHours(6);

    /**
     * How long a source may be out of a replica's reach before the replica counts as failed. Nobody takes writes while one
     * catches up, and still it is not short: a login may wait for a name service that died with the old source, and a source
     * that was started again recovers first; where there is no other candidate, giving up costs all.
     */
    private static final Duration REACH = Duration.ofSeconds(30);

    private final FailoverFacts facts;
    private final Sessions sessions;
    private final Helpers helpers;
    private final Ticks ticks;
    private final Sleeper sleeper;
    /** The session in which the new source was opened; one thread at a time opens and looks. */
    private volatile Optional<ServerSession.Own> opened = Optional.empty();

    /** Those who do the steps that are more than SQL, and who is told what fails no step. */
    public record Helpers(
            HookSteps hooks,
            FenceSteps fence,
            RescueSteps rescue,
            LevelSteps levelling,
            SourceLook look,
            EventLog log) {}

    /**
     * Steps of one run.
     *
     * @param facts the facts at its beginning
     */
    public ServerSteps(FailoverFacts facts, Sessions sessions, Helpers helpers, Ticks ticks, Sleeper sleeper) {
        this.facts = facts;
        this.sessions = sessions;
        this.helpers = helpers;
        this.ticks = ticks;
        this.sleeper = sleeper;
    }

    @Override
    public StepResult startApplier(Step.StartApplier step) {
        ReplicationControl replica = replication(step.server());
        if (!facts.tree().mode().usesGtids()) {
            replica.status(within(SHORT))
                    .ifPresent(s -> helpers.levelling().places().requireNothingTwice(step.server(), s));
        }
        replica.startApplier(within(SHORT));
        return new StepResult.Plain();
    }

    @Override
    public StepResult stopReceiver(Step.StopReceiver step) {
        replication(step.server()).stopReceiver(within(SHORT));
        StepResult.ReplicaAt at = where(step.server());
        return facts.tree().acknowledges(step.server())
                ? at.with(session(step.server()).uptime(within(SHORT)))
                : at;
    }

    @Override
    public StepResult withdrawAddress(Step.WithdrawAddress step) {
        boolean fences = facts.app().of(step.server()).fencing().way() == ServerSettings.FenceWay.SSH;
        if (!step.overSsh() || !fences) {
            helpers.look().begin();
        }
        return helpers.hooks().withdrawAddress(step);
    }

    @Override
    public StepResult fence(Step.Fence step) {
        return helpers.fence().fence(step);
    }

    @Override
    public StepResult awaitFence(Step.AwaitFence step) {
        return helpers.fence().awaitFence(step);
    }

    @Override
    public StepResult shutDown(Step.ShutDown step) {
        return helpers.hooks().shutDown(step);
    }

    @Override
    public StepResult findTail(Step.FindTail step) {
        return helpers.rescue().findTail(step);
    }

    @Override
    public StepResult saveTail(Step.SaveTail step) {
        return helpers.rescue().saveTail(step);
    }

    @Override
    public StepResult saveRelayLog(Step.SaveRelayLog step) {
        return helpers.rescue().saveRelayLog(step);
    }

    @Override
    public StepResult level(Step.Level step) {
        return helpers.levelling().level(step);
    }

    @Override
    public StepResult applyRelayLog(Step.ApplyRelayLog step) {
        replication(step.server()).awaitApplied(within(LONG));
        return where(step.server());
    }

    @Override
    public StepResult catchUp(Step.CatchUp step) {
        ReplicationControl replica = replication(step.server());
        Optional<SourceTarget.Link> usual = usual(replica, step.server());
        if (executed(step.server()).filter(has -> has.covers(step.upTo())).isEmpty()) {
            String helper = nameFor(step.server(), step.from());
            replica.changeSource(target(step.server(), step.from(), helper, new Step.Start.ByGtid()), within(STOPPING));
            replica.startReplication(within(REACH));
            replica.awaitGtids(step.upTo(), REACH, within(LONG));
        }
        replica.stopReplication(within(STOPPING));
        usual.ifPresent(link -> putBackOrTell(replica, step.server(), link));
        return where(step.server());
    }

    /** How it keeps in touch, where the operator wants a new source to know afterwards whom it followed. */
    private Optional<SourceTarget.Link> usual(ReplicationControl replica, ServerId server) {
        boolean kept =
                !facts.wishes().repoint() || facts.app().of(server).policy().skipResetSlave();
        return kept ? replica.link(within(SHORT)).or(() -> Optional.of(SourceTarget.Link.AS_IT_IS)) : Optional.empty();
    }

    /** Whom it followed is for the operator to know later: what it has caught up it has all the same. */
    private void putBackOrTell(ReplicationControl replica, ServerId server, SourceTarget.Link link) {
        try {
            putBack(replica, server, link);
        } catch (InterruptedWork e) {
            throw e;
        } catch (MhaException e) {
            helpers.log()
                    .warning(
                            "{}; {} goes on all the same, but the settings that it keeps may not be for the old master, {}",
                            e.getMessage(),
                            server,
                            before(server).source());
        }
    }

    /** Points it where it pointed before; it stands still. */
    private void putBack(ReplicationControl replica, ServerId server, SourceTarget.Link link) {
        ReplicaStatus before = before(server);
        if (replica.status(within(SHORT)).filter(now -> isAsBefore(now, before)).isPresent()) {
            return;
        }
        SourceTarget old = target(server, facts.tree().source(), before.sourceHost(), new Step.Start.ByGtid());
        replica.changeSource(
                new SourceTarget(old.host(), before.sourcePort(), old.user(), old.password(), old.start(), link),
                within(STOPPING));
    }

    private static boolean isAsBefore(ReplicaStatus now, ReplicaStatus before) {
        return now.pointsAs(before) && now.autoPosition() == before.autoPosition();
    }

    private ReplicaStatus before(ServerId server) {
        return facts.tree()
                .replica(server)
                .orElseThrow(() -> NotLevelException.noReplica(server))
                .status();
    }

    private String nameFor(ServerId replica, ServerId source) {
        return facts.tree().replica(replica).map(r -> r.nameFor(source)).orElse(source.host());
    }

    @Override
    public StepResult lookAtSource(Step.LookAtSource step) {
        helpers.look().throwIfBack(step.server());
        return new StepResult.Plain();
    }

    @Override
    public StepResult detach(Step.Detach step) {
        complete(step.server());
        ReplicationControl replica = replication(step.server());
        replica.stopReplication(within(STOPPING));
        if (!step.keepSettings()) {
            replica.forgetSource(within(STOPPING));
        }
        return new StepResult.Plain();
    }

    /** What others follow in the old source's place must have, and so must they, what is known to be of its. */
    private void complete(ServerId server) {
        if (!facts.tree().mode().usesGtids()) {
            helpers.levelling().complete(server);
        }
    }

    @Override
    public StepResult readCoordinates(Step.ReadCoordinates step) {
        complete(step.server());
        SourceControl.Coordinates here = new SourceControl(session(step.server())).coordinates(within(SHORT));
        return new StepResult.Coordinates(here.position(), here.executed());
    }

    @Override
    public StepResult assignAddress(Step.AssignAddress step) {
        return helpers.hooks().assignAddress(step);
    }

    @Override
    public StepResult makeWritable(Step.MakeWritable step) {
        ServerSession session = session(step.server());
        new SourceControl(session).setReadOnly(false, within(SHORT));
        opened = Optional.of(session.own());
        return new StepResult.Plain();
    }

    @Override
    public StepResult confirmOpen(Step.ConfirmOpen step) {
        try {
            return openedAgain(step.server());
        } catch (MysqlException e) {
            if (e.kind() != MysqlException.Kind.UNREACHABLE) {
                throw e;
            }
            // What broke may be the session alone, with a server that was started anew.
            return openedAgain(step.server());
        }
    }

    private StepResult.Open openedAgain(ServerId server) {
        ServerSession session = session(server);
        Optional<Boolean> restarted = opened.map(before -> session.wasStartedSince(before, within(SHORT)));
        if (restarted.orElse(false)) {
            stopWhatStartedByItself(server);
        }
        boolean closed = WriteFailure.isReadOnly(session, within(SHORT))
                && facts.wishes().makeWritable();
        if (closed) {
            requireRestarted(server, restarted);
            new SourceControl(session).setReadOnly(false, within(SHORT));
        }
        return new StepResult.Open(closed, restarted.orElse(false) ? addressMissing(server) : Optional.empty());
    }

    /** Gives it again; why it may be missing is told, and that it takes writes all the same. */
    private Optional<String> addressMissing(ServerId server) {
        try {
            helpers.hooks().giveAddressAgain(server);
            return Optional.empty();
        } catch (InterruptedWork e) {
            throw e;
        } catch (MhaException e) {
            helpers.log().error("{} takes writes, but it may be without its address: {}", server, e.getMessage());
            return Optional.of(e.getMessage());
        }
    }

    /** What was stopped and kept when it was detached starts with the server, and would fetch what a returned old source has of its own. */
    private void stopWhatStartedByItself(ServerId server) {
        if (following(server).filter(s -> s.pointsAs(before(server))).isPresent()) {
            replication(server).stopReplication(within(STOPPING));
        }
    }

    /** Who closed it by hand, or made it a replica, had a reason: only one that was started anew is opened again. */
    private void requireRestarted(ServerId server, Optional<Boolean> restarted) {
        following(server).ifPresent(status -> {
            throw NotLevelException.follows(server, status.source());
        });
        if (!restarted.orElseThrow(() -> NotLevelException.closedOrRestarted(server))) {
            throw NotLevelException.closed(server);
        }
    }

    private Optional<ReplicaStatus> following(ServerId server) {
        return replication(server)
                .status(within(SHORT))
                .filter(s -> !s.receiver().word().equals("No"));
    }

    @Override
    public StepResult repoint(Step.Repoint step) {
        ReplicationControl replica = replication(step.server());
        if (replica.status(within(SHORT)).filter(s -> follows(s, step)).isEmpty()) {
            complete(step.server());
            step.mustBeAt().ifPresent(place -> requireAt(replica, step.server(), place));
            SourceTarget.Link link = replica.status(within(SHORT))
                    .map(s -> helpers.levelling().link(step.server(), s))
                    .orElse(SourceTarget.Link.AS_IT_IS);
            replica.changeSource(
                    target(step.server(), step.newSource(), step.sourceName(), step.start())
                            .with(link),
                    within(STOPPING));
        }
        replica.startReplication(within(SHORT));
        return where(step.server());
    }

    private static boolean follows(ReplicaStatus status, Step.Repoint step) {
        return status.sourceHost().equals(step.sourceName())
                && status.sourcePort() == step.newSource().port();
    }

    /** CHANGE MASTER throws the relay log away, and a place in another log is right only for a replica that is level. */
    private void requireAt(ReplicationControl replica, ServerId server, BinlogPosition place) {
        if (applied(replica).filter(p -> p.isAtOrAfter(place)).isPresent()) {
            return;
        }
        replica.awaitApplied(within(LONG));
        Optional<BinlogPosition> applied = applied(replica);
        if (applied.filter(p -> p.isAtOrAfter(place)).isEmpty()) {
            throw NotLevelException.at(server, applied, place);
        }
    }

    private Optional<BinlogPosition> applied(ReplicationControl replica) {
        return replica.status(within(SHORT)).flatMap(ReplicaStatus::applied);
    }

    @Override
    public StepResult awaitSync(Step.AwaitSync step) {
        replication(step.server()).awaitGtids(step.upTo(), REACH, within(LONG));
        return new StepResult.Plain();
    }

    /** The new source's {@code repl_user}; where none is set, the account that the replica uses already. */
    private SourceTarget target(ServerId replica, ServerId source, String name, Step.Start start) {
        ServerSettings.Mysql login = facts.app().of(source).mysql();
        String user = login.replUser()
                .or(() -> facts.tree().replica(replica).map(r -> r.status().user()))
                .orElseThrow(() -> NotLevelException.noReplica(replica));
        return new SourceTarget(
                name, source.port(), user, login.replPassword(), SourceTarget.Start.from(start.place()));
    }

    private StepResult.ReplicaAt where(ServerId server) {
        ReplicaStatus status =
                replication(server).status(within(SHORT)).orElseThrow(() -> NotLevelException.noReplica(server));
        return new StepResult.ReplicaAt(status, facts.tree().mode().usesGtids() ? executed(server) : Optional.empty());
    }

    private Optional<Gtids> executed(ServerId server) {
        return new SourceControl(session(server)).executed(within(SHORT));
    }

    private ReplicationControl replication(ServerId server) {
        return new ReplicationControl(session(server), facts.tree().channel(server), sleeper);
    }

    private ServerSession session(ServerId server) {
        return sessions.of(server, within(SHORT));
    }

    private Deadline within(Duration limit) {
        return Deadline.in(limit, ticks);
    }
}
