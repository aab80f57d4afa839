package io.mha4j.execution.simulation;

import io.mha4j.base.MhaException;
import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.config.ServerSettings.FenceWay;
import io.mha4j.decision.FailoverFacts;
import io.mha4j.decision.Step;
import io.mha4j.decision.StepResult;
import io.mha4j.decision.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The servers, hosts and scripts. Keeps its state when the manager dies; what nobody may do to it is a violation. Between
 * the parts of a step {@link Moments} pass, in which clients write and the manager may die.
 */
final class Cluster implements Step.Cases<StepResult> {
    /** A step could not be done; what was changed before is as it is. */
    static final class NotDone extends MhaException {
        private static final long serialVersionUID = 1;

        NotDone(String why) {
            super(why);
        }
    }

    private final Fate fate;
    private final World world;
    private final Moments moments;
    private final OldSource old;
    private final Map<ServerId, Server> servers = new TreeMap<>();
    private final Map<String, Integer> archives = new HashMap<>();
    private final Set<ServerId> coordinatesRead = new HashSet<>();
    private final List<String> violations = new ArrayList<>();
    private int mostWritable;
    private boolean hooksBegun;

    Cluster(Fate fate, FailoverFacts begin, Moments moments) {
        this.fate = fate;
        this.world = fate.world();
        this.moments = moments;
        this.old = new OldSource(fate);
        begin.tree().replicas().forEach(r -> servers.put(r.id(), new Server(world, r)));
        moments.each(this::clientsWrite);
    }

    Map<ServerId, Server> servers() {
        return servers;
    }

    OldSource old() {
        return old;
    }

    List<String> violations() {
        return violations;
    }

    int mostWritable() {
        return mostWritable;
    }

    boolean hooksBegun() {
        return hooksBegun;
    }

    void violated(String rule) {
        violations.add(rule);
    }

    private void never(boolean happened, String rule) {
        if (happened) {
            violated(rule);
        }
    }

    private void clientsWrite() {
        List<Server> writable = servers.values().stream().filter(s -> s.opened).toList();
        writable.forEach(s -> s.ownWrites++);
        mostWritable = Math.max(mostWritable, writable.size());
    }

    private Server server(ServerId id) {
        Server server = servers.get(id);
        if (server == null) {
            throw new IllegalStateException("a step for " + id + ", which is not alive");
        }
        return server;
    }

    @Override
    public StepResult startApplier(Step.StartApplier step) {
        server(step.server()).applying = true;
        return new StepResult.Plain();
    }

    @Override
    public StepResult stopReceiver(Step.StopReceiver step) {
        Server s = server(step.server());
        s.receiving = false;
        s.stopped = fate.fault(step) == Fate.Fault.NONE;
        return s.at();
    }

    @Override
    public StepResult withdrawAddress(Step.WithdrawAddress step) {
        old.clientsWrite("before the address was taken away");
        hooksBegun = true;
        return answer(world.setting().movesAddress(), fate.answers().withdraw());
    }

    private static StepResult answer(boolean set, int status) {
        if (set && status != 0 && status != 10) {
            throw new NotDone("the script exited with status " + status);
        }
        return set ? new StepResult.HookAnswer(status) : StepResult.HookAnswer.NO_HOOK;
    }

    @Override
    public StepResult fence(Step.Fence step) {
        return old.fence();
    }

    @Override
    public StepResult awaitFence(Step.AwaitFence step) {
        return old.await(coordinatesRead.isEmpty());
    }

    @Override
    public StepResult shutDown(Step.ShutDown step) {
        old.clientsWrite("after its log was read");
        StepResult answer = answer(world.setting().switchesOff(), fate.answers().shutDown());
        if (answer.equals(new StepResult.HookAnswer(0))) {
            old.switchOff();
        } else if (answer.equals(new StepResult.HookAnswer(10))) {
            old.killed();
        }
        return answer;
    }

    @Override
    public StepResult findTail(Step.FindTail step) {
        never(old.isOff(), "log searched after the host was switched off");
        old.requireHost();
        return world.found(step).orElseThrow(() -> new NotDone("that part of the binary log was purged"));
    }

    @Override
    public StepResult saveTail(Step.SaveTail step) {
        requireEnded(step);
        StepResult.Saved saved = old.read(step);
        kept(step, saved.archive(), World.transactions(saved.end()));
        return saved;
    }

    private void requireEnded(Step.SaveTail step) {
        never(step.behind().isEmpty() && old.isOff(), "log read after the host was switched off");
        never(step.behind().isPresent() && old.runs(), "log read once more, and its server was not ended");
        boolean ends = world.log().ssh() && world.setting().fence() == FenceWay.SSH;
        never(
                ends && !old.wasTriedToFence() && fate.fault(new Step.Fence(step.server())) == Fate.Fault.NONE,
                "log read before the old source was ended");
        old.tried();
    }

    @Override
    public StepResult saveRelayLog(Step.SaveRelayLog step) {
        Server s = server(step.server());
        int from = World.transactions(step.from());
        if (from < s.relayLogsFrom) {
            throw new NotDone("relay logs of " + step.server() + " begin behind " + step.from());
        }
        String name = "relay log of " + step.server().section() + " from " + from;
        kept(step, name, s.received);
        return new StepResult.Saved(
                name,
                World.sourcePosition(from),
                World.sourcePosition(s.received),
                World.sourcePosition(s.received),
                100L * (s.received - from),
                s.received - from,
                world.gtids() ? Optional.of(world.executed(s.received)) : Optional.empty(),
                Optional.empty(),
                false,
                StepResult.Writer.GONE,
                StepResult.Restart.NO);
    }

    /** What is not known to be saved is not. */
    private void kept(Step step, String archive, int upTo) {
        if (fate.fault(step) == Fate.Fault.NONE) {
            archives.put(archive, upTo);
        }
    }

    /** By replication from a feed, which changes whom it follows for a while, or by SQL, which its status does not show. */
    @Override
    public StepResult level(Step.Level step) {
        Server s = server(step.server());
        Integer to = archives.get(step.archive());
        int from = World.before(step.archive());
        if (to == null || s.applied < from) {
            violated("levelled from an archive that does not hold what " + step.server() + " lacks");
            return new StepResult.Levelled(s.status(), World.sourcePosition(s.applied), s.executed(), "not at all");
        }
        boolean holdsBack = !s.status().delay().isZero() && to >= s.received;
        never(
                !s.onFeed && (s.receiving || (s.applied < s.received && !holdsBack)),
                step.server() + " levelled before its own relay log was executed or is in the archive");
        if (to <= s.applied) {
            s.leaveFeed();
            return new StepResult.Levelled(s.status(), World.sourcePosition(s.applied), s.executed(), "had it already");
        }
        return fate.luck(step + "way", 4) == 0 ? bySql(s, to) : byReplication(s, to);
    }

    private StepResult bySql(Server s, int to) {
        s.stop();
        s.notShown += to - s.applied;
        s.received = to;
        s.applied = to;
        return new StepResult.Levelled(s.status(), World.sourcePosition(to), s.executed(), "by SQL");
    }

    private StepResult byReplication(Server s, int to) {
        s.onFeed = true;
        s.relayLogsFrom = s.applied;
        moments.pass();
        s.restart(true);
        s.received = to;
        moments.pass();
        s.applied = to;
        s.stop();
        moments.pass();
        s.leaveFeed();
        return new StepResult.Levelled(s.status(), World.sourcePosition(to), s.executed(), "by replication");
    }

    @Override
    public StepResult applyRelayLog(Step.ApplyRelayLog step) {
        Server s = server(step.server());
        never(s.receiving, step + " while its receiver runs");
        if (!s.applying) {
            throw new NotDone(step.server() + " does not apply");
        }
        s.applied = s.received;
        return s.at();
    }

    @Override
    public StepResult catchUp(Step.CatchUp step) {
        Server s = server(step.server());
        Server from = server(step.from());
        never(from.applied < from.received, step + " from one that has not applied all it received");
        if (s.applied < from.applied || !s.strays.containsAll(from.strays)) {
            s.follows = step.from();
            s.relayLogsFrom = s.applied;
            moments.pass();
            s.follow(from);
            s.received = Math.max(s.received, from.applied);
            moments.pass();
            s.applied = s.received;
        }
        s.stop();
        return s.at();
    }

    @Override
    public StepResult lookAtSource(Step.LookAtSource step) {
        if (old.answersAgain()) {
            throw new NotDone(step.server() + " answers again");
        }
        return new StepResult.Plain();
    }

    @Override
    public StepResult detach(Step.Detach step) {
        Server s = server(step.server());
        s.stop();
        moments.pass();
        s.settings = step.keepSettings();
        s.detached = true;
        if (!s.settings) {
            s.relayLogsFrom = Server.NO_RELAY_LOGS;
        }
        return new StepResult.Plain();
    }

    @Override
    public StepResult readCoordinates(Step.ReadCoordinates step) {
        Server s = server(step.server());
        never(s.opened, "coordinates of " + step.server() + " read after it was opened");
        coordinatesRead.add(step.server());
        return new StepResult.Coordinates(ownPosition(s), s.executed());
    }

    private static BinlogPosition ownPosition(Server s) {
        return new BinlogPosition("own.000001", 4 + 10L * s.applied + 10L * s.ownWrites);
    }

    @Override
    public StepResult assignAddress(Step.AssignAddress step) {
        old.clientsWrite("while the address was given");
        requireReady(step.server(), "was given the address");
        return answer(world.setting().movesAddress(), fate.answers().assign());
    }

    @Override
    public StepResult makeWritable(Step.MakeWritable step) {
        requireReady(step.server(), "was opened");
        server(step.server()).opened = true;
        servers.forEach((id, other) -> {
            if (other.openedByOperator && !id.equals(step.server())) {
                violated(step.server() + " was opened beside " + id + ", which an operator opened");
            }
        });
        old.clientsWrite("after the new source was opened");
        return new StepResult.Plain();
    }

    /** What must be true of a new source before clients come. */
    private void requireReady(ServerId server, String what) {
        Server s = server(server);
        boolean mayStay = !fate.world().wishes().repoint();
        never(!mayStay && !s.detached, server + " " + what + " while still a replica");
        never(!coordinatesRead.contains(server), server + " " + what + " before its coordinates were read");
        old.objections().forEach(why -> violated(server + " " + what + " " + why));
        servers.forEach((id, other) -> {
            if (other.stopped && other.received > s.applied) {
                violated(server + " " + what + " without transactions that " + id + " has");
            }
        });
        archives.forEach((name, to) -> {
            if (to > s.applied) {
                violated(server + " " + what + " without transactions of " + name);
            }
        });
    }

    /** One that was started anew is read-only again. */
    @Override
    public StepResult confirmOpen(Step.ConfirmOpen step) {
        boolean opens = world.wishes().makeWritable();
        never(opens && !server(step.server()).opened, step.server() + " is to be seen open, and was not opened");
        return new StepResult.Open(opens && fate.luck("the new source was started anew", 4) == 0, Optional.empty());
    }

    @Override
    public StepResult repoint(Step.Repoint step) {
        Server s = server(step.server());
        Server newSource = server(step.newSource());
        if (!s.follows.equals(step.newSource()) || s.onFeed) {
            point(step, s, newSource);
            moments.pass();
        }
        if (step.start() instanceof Step.Start.At) {
            s.restart(true);
        } else {
            s.follow(newSource);
            s.applied = newSource.applied;
            s.received = s.applied;
        }
        return s.at();
    }

    private void point(Step.Repoint step, Server s, Server newSource) {
        if (step.start() instanceof Step.Start.At start) {
            if (s.applying) {
                s.applied = s.received;
            }
            BinlogPosition shown = World.sourcePosition(s.applied - s.notShown);
            if (!shown.isAtOrAfter(step.mustBeAt().orElseThrow())) {
                throw new NotDone(step.server() + " is at " + shown + ", not at " + step.mustBeAt());
            }
            s.startedBehind = (int) ((start.position().offset() - 4) / 10) - newSource.applied;
        } else if (s.received > newSource.applied) {
            violated(step.server() + " has transactions that its new source lacks");
        }
        s.relayLogsFrom = Server.NO_RELAY_LOGS;
        s.stop();
        s.follows = step.newSource();
    }

    @Override
    public StepResult awaitSync(Step.AwaitSync step) {
        return new StepResult.Plain();
    }

    /** Everything that can be seen of the servers. */
    String picture() {
        return servers.toString();
    }
}
