package io.mha4j.execution.online;

import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import io.mha4j.base.MhaException;
import io.mha4j.base.ServerId;
import io.mha4j.base.Sleeper;
import io.mha4j.base.Ticks;
import io.mha4j.binlog.Gtids;
import io.mha4j.decision.StepResult;
import io.mha4j.decision.online.OnlineFacts;
import io.mha4j.decision.online.OnlineStage;
import io.mha4j.decision.online.OnlineStep;
import io.mha4j.decision.online.OnlineUndo;
import io.mha4j.execution.Sessions;
import io.mha4j.execution.StepWords;
import io.mha4j.mysql.MysqlException;
import io.mha4j.mysql.ReplicationControl;
import io.mha4j.mysql.ServerSession;
import io.mha4j.mysql.SourceControl;
import io.mha4j.mysql.SourceControl.Coordinates;
import io.mha4j.mysql.Sql;
import io.mha4j.mysql.online.GlobalReadLock;
import io.mha4j.mysql.online.PositionWait;
import io.mha4j.mysql.online.SemiSyncRoles;
import io.mha4j.report.EventLog;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Does each kind of step on the servers and answers what it learned, in words; often nothing. Every wait is short: a
 * source that takes no writes is an outage.
 */
public final class OnlineSteps implements SwitchActs {
    /** Limit of a step that only talks. */
    private static final Duration SHORT = Duration.ofSeconds(10);
    /** How long writes may stop for the new source to execute the last transactions. */
    private static final Duration CATCH_UP = Duration.ofSeconds(10);
    /** A replica that needs no longer than this for what was written so far is near enough for writes to stop. */
    private static final Duration NEAR = Duration.ofSeconds(2);
    /** How long a place must stand still that no lock holds (MHA 0.58, {@code MasterRotate.pm}). */
    private static final Duration STANDSTILL = Duration.ofMillis(200);

    /** For an answer to the smallest question, while writes are stopped. */
    private static final Duration AT_ONCE = Duration.ofSeconds(3);

    private final OnlineFacts facts;
    private final Sessions sessions;
    private final AddressSteps address;
    private final Followers followers;
    private final EventLog log;
    private final Time time;
    private final Standstill standstill;
    private Optional<Coordinates> switchPoint = Optional.empty();
    private Optional<Coordinates> opening = Optional.empty();
    private OptionalLong lockHolder = OptionalLong.empty();

    /** Where time comes from. */
    public record Time(Ticks ticks, Sleeper sleeper) {
        Deadline within(Duration limit) {
            return Deadline.in(limit, ticks);
        }

        void pause(Duration length, String doing) {
            try {
                sleeper.sleep(length);
            } catch (InterruptedException e) {
                throw InterruptedWork.during(doing, e);
            }
        }
    }

    public OnlineSteps(OnlineFacts facts, Sessions sessions, AddressSteps address, EventLog log, Time time) {
        this.facts = facts;
        this.sessions = sessions;
        this.address = address;
        this.followers = new Followers(facts, sessions, time);
        this.log = log;
        this.time = time;
        this.standstill = new Standstill(sessions::of, time, log);
    }

    @Override
    public OnlineStage.Opening place() {
        return new OnlineStage.Opening(words(point()), words(opening()));
    }

    private static StepResult.Coordinates words(Coordinates place) {
        return new StepResult.Coordinates(place.position(), place.executed());
    }

    @Override
    public void remember(OnlineStage.Opening place) {
        switchPoint = Optional.of(read(place.switchPoint()));
        opening = Optional.of(read(place.start()));
        followers.takeUp();
    }

    private static Coordinates read(StepResult.Coordinates place) {
        return new Coordinates(place.end(), place.executed());
    }

    @Override
    public List<String> leftWhenUndone(List<OnlineStep> begun) {
        return OnlineUndo.left(begun, facts).map(OnlineWords::asBefore).stream().toList();
    }

    @Override
    public Duration spentInScripts() {
        return address.spent();
    }

    @Override
    public void connect(ServerId server) {
        session(server);
    }

    @Override
    public void begin(OnlineStep step) {
        if (step instanceof OnlineStep.WithdrawAddress) {
            sessions.end(step.server());
        }
    }

    @Override
    public void requireAnswer(ServerId server) {
        session(server).ping(time.within(AT_ONCE));
    }

    @Override
    public boolean answers(ServerId server) {
        try {
            session(server).value(Sql.of("SELECT 1"), time.within(SHORT));
            return true;
        } catch (MysqlException e) {
            return e.kind() != MysqlException.Kind.UNREACHABLE;
        } catch (MhaException e) {
            return true;
        }
    }

    @Override
    public String flushTables(OnlineStep.FlushTables step) {
        return new TableLocks(session(step.server()), time).flush(log);
    }

    @Override
    public String approach(OnlineStep.Approach step) {
        Deadline limit = time.within(facts.wishes().limits().lag().plus(SHORT));
        while (!limit.isOver()) {
            long start = time.ticks().nanos();
            Coordinates now = source(step.source()).coordinates(time.within(SHORT));
            awaitExecuted(step.server(), now, limit.remaining());
            if (time.ticks().nanos() - start <= NEAR.toNanos()) {
                return "up to " + now.position();
            }
        }
        throw session(step.server())
                .notAsAsked("catching up", "it executes no faster than the master writes; switch when less is written");
    }

    private void awaitExecuted(ServerId replica, Coordinates place, Duration limit) {
        Deadline deadline = time.within(limit);
        if (facts.tree().mode().usesGtids() && place.executed().isPresent()) {
            followers.replication(replica).awaitGtids(place.executed().get(), deadline);
        } else {
            new PositionWait(session(replica), followers.channel(replica)).until(place.position(), deadline);
        }
    }

    @Override
    public String setScheduler(OnlineStep.SetScheduler step) {
        return source(step.server()).setEventScheduler(step.on(), time.within(SHORT));
    }

    @Override
    public String setCheckpointPeriod(OnlineStep.SetCheckpointPeriod step) {
        try {
            followers.replication(step.server()).setCheckpointPeriod(step.millis(), time.within(SHORT));
            return "";
        } catch (MysqlException e) {
            if (!step.hastens()) {
                throw e;
            }
            log.warning("{}; the switch goes on, it may take {} ms longer", e.getMessage(), step.beforeMillis());
            return "not done";
        }
    }

    @Override
    public String semiSyncSource(OnlineStep.SemiSyncSource step) {
        new SemiSyncRoles(session(step.server())).source(step.on(), time.within(SHORT));
        return "";
    }

    @Override
    public String semiSyncReplica(OnlineStep.SemiSyncReplica step) {
        new SemiSyncRoles(session(step.server())).replica(true, time.within(SHORT));
        return "";
    }

    /** The script may end every connection to the server: ours is closed before and opened anew behind it. */
    @Override
    public String withdrawAddress(OnlineStep.WithdrawAddress step) {
        begin(step);
        address.withdraw(step);
        session(step.server());
        return "";
    }

    @Override
    public String assignAddress(OnlineStep.AssignAddress step) {
        address.assign(step);
        return "";
    }

    @Override
    public String moveAddress(OnlineStep.MoveAddress step) {
        address.move(step);
        return "";
    }

    @Override
    public String blockWrites(OnlineStep.BlockWrites step) {
        source(step.server()).setReadOnly(true, time.within(TableLocks.PATIENCE.plusMillis(900)));
        return "";
    }

    @Override
    public String allowWrites(OnlineStep.AllowWrites step) {
        source(step.server()).setReadOnly(false, time.within(SHORT));
        return "";
    }

    @Override
    public String allowSuper(OnlineStep.AllowSuper step) {
        source(step.server()).allowSuper(time.within(SHORT));
        return "";
    }

    @Override
    public String lockTables(OnlineStep.LockTables step) {
        ServerSession session = session(step.server());
        lockHolder = OptionalLong.of(session.connectionId());
        new TableLocks(session, time).lock();
        return "";
    }

    /** Ends, where told so, those whose writes wait for the lock: {@code super_read_only} stops no XA transaction behind it. */
    @Override
    public String unlockTables(OnlineStep.UnlockTables step) {
        ServerSession session = session(step.server());
        int ended = step.endsWaiting() ? endWaiting(session) : 0;
        new GlobalReadLock(session).release(time.within(SHORT));
        return ended == 0 ? "" : "ended " + ended + " connections that waited to write";
    }

    /** Whoever is left keeps nobody: without the lock the old source can be told to follow, and with it our session only ends. */
    private int endWaiting(ServerSession session) {
        LockWaiters.Outcome outcome = LockWaiters.of(session, time).end(time.within(SHORT));
        if (!outcome.left().isEmpty()) {
            log.warning(
                    "{}: connections {} wait to write and could not be ended ({}); an XA transaction of theirs may end there yet",
                    session.server(),
                    outcome.left(),
                    outcome.why().orElse("they were told to"));
        }
        return outcome.ended();
    }

    @Override
    public String readSwitchPoint(OnlineStep.ReadSwitchPoint step) {
        Coordinates end = source(step.server()).coordinates(time.within(SHORT));
        switchPoint = Optional.of(end);
        if (!step.locked()) {
            time.pause(STANDSTILL, "waiting for the old master");
            standstill.require(step.server(), end);
        }
        return end.position().toString();
    }

    @Override
    public String proveEqual(OnlineStep.ProveEqual step) {
        Coordinates point = point();
        awaitExecuted(step.server(), point, CATCH_UP);
        return "up to " + point.position()
                + point.executed().map(g -> ", GTIDs " + g).orElse("");
    }

    private Coordinates point() {
        return switchPoint.orElseThrow(() -> new IllegalStateException("the switch point is not known yet"));
    }

    @Override
    public String confirmStill(OnlineStep.ConfirmStill step) {
        return standstill.confirm(step, point(), lockHolder);
    }

    @Override
    public String stopReplication(OnlineStep.StopReplication step) {
        followers.replication(step.server()).stopReplication(time.within(SHORT));
        return "";
    }

    @Override
    public String startReplication(OnlineStep.StartReplication step) {
        return followers.start(step);
    }

    @Override
    public String readCoordinates(OnlineStep.ReadCoordinates step) {
        Coordinates here = source(step.server()).coordinates(time.within(SHORT));
        opening = Optional.of(here);
        Optional<Gtids> gtids = here.executed().filter(g -> facts.tree().mode().usesGtids());
        log.info(
                "{}",
                StepWords.marker(facts.app().of(step.server()), new StepResult.Coordinates(here.position(), gtids)));
        return here.position().toString();
    }

    private Coordinates opening() {
        return opening.orElseThrow(() -> new IllegalStateException("the new master's coordinates are not known yet"));
    }

    /** Without coordinates that was done by an earlier run, and the old source may have been written to since. */
    @Override
    public String closeAgain(OnlineStep.CloseAgain step) {
        source(step.server()).setReadOnly(true, time.within(TableLocks.PATIENCE.plusMillis(900)));
        opening.ifPresent(place -> standstill.require(step.server(), place));
        leaveSuper(step.server());
        return "";
    }

    /** A replica is left as it was: our own {@code super_read_only} goes, {@code read_only} stays. */
    private void leaveSuper(ServerId server) {
        boolean had = facts.tree()
                .replica(server)
                .filter(r -> r.facts().superReadOnly())
                .isPresent();
        if (!had) {
            source(server).allowSuper(time.within(SHORT));
        }
    }

    @Override
    public String forgetSource(OnlineStep.ForgetSource step) {
        ReplicationControl replica = followers.replication(step.server());
        replica.forgetSource(time.within(SHORT));
        return "";
    }

    @Override
    public String repoint(OnlineStep.Repoint step) {
        return followers.repoint(step, point(), opening());
    }

    @Override
    public String rejoin(OnlineStep.Rejoin step) {
        if (!followers.hasMoved(step.server(), step.newSource(), opening())) {
            standstill.requireNothingOwn(step.server(), point(), step.newSource());
        }
        return followers.rejoin(step, opening());
    }

    private SourceControl source(ServerId server) {
        return new SourceControl(session(server));
    }

    /** @throws MhaException if it cannot be reached, or another program works on it */
    private ServerSession session(ServerId server) {
        return sessions.of(server, time.within(SHORT));
    }
}
