package io.mha4j.decision;

import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.Gtids;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A tree that obeys the rules of replication, keeps its state when the manager dies, and lets clients write to whoever is
 * writable after every event. Runs the real planner, and can be cut before or after the effect of any step, or make steps fail.
 */
final class FakeCluster implements Step.Cases<StepResult> {
    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    /** The manager died here. */
    static final class Cut extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** A step could not be done; the world is as it was. */
    private static final class Impossible extends RuntimeException {
        private static final long serialVersionUID = 1;

        Impossible(String why) {
            super(why);
        }
    }

    private static final class Server {
        final boolean delayed;
        int received;
        int relayLogsFrom;
        int applied;
        boolean receiving = true;
        boolean opened;
        Optional<ServerId> source = Optional.of(World.id(0));
        int ownWrites;
        int startedBehind = -1;

        Server(World.Replica begin) {
            delayed = begin.health().isDelayed();
            received = begin.received();
            relayLogsFrom = begin.relayLogsFrom();
            applied = begin.applied();
        }
    }

    private final World world;
    private final FailoverFacts begin;
    private final Map<ServerId, Server> servers = new HashMap<>();
    private final FailoverPlanner planner = new FailoverPlanner();
    private final Map<Step, StepResult> answers = new HashMap<>();
    private final Set<Step> failing = new HashSet<>();
    private Progress journal = Progress.NONE;
    private int events;
    private int cutAt = Integer.MAX_VALUE;
    private int mostWritable;
    private boolean down;
    private boolean fenced;
    private boolean mustStayAway;
    private final Map<String, Integer> archives = new HashMap<>();
    private final List<String> violations = new ArrayList<>();

    private FakeCluster(World world) {
        this.world = world;
        this.begin = world.facts();
        begin.tree()
                .replicas()
                .forEach(r -> servers.put(r.id(), new Server(world.replicas().get(r.id().order() - 1))));
    }

    static FakeCluster of(World world) {
        return new FakeCluster(world);
    }

    FakeCluster failingAt(Set<Step> steps) {
        failing.addAll(steps);
        return this;
    }

    /** Runs until the planner ends it; a manager cut by {@link #cutAfter} is started again with what the journal holds. */
    Next runFailover() {
        while (true) {
            try {
                return runOnce();
            } catch (Cut cut) {
                cutAt = Integer.MAX_VALUE;
            }
        }
    }

    /** Makes a step end with what it does not learn by itself here. */
    FakeCluster answering(Step step, StepResult result) {
        answers.put(step, result);
        return this;
    }

    FakeCluster cutAfter(int event) {
        cutAt = event;
        return this;
    }

    int events() {
        return events;
    }

    int mostWritable() {
        return mostWritable;
    }

    List<String> violations() {
        return violations;
    }

    FailoverFacts facts() {
        return begin.with(journal);
    }

    FailoverSummary summary() {
        return FailoverSummary.of(facts(), planner);
    }

    private Next runOnce() {
        for (int rounds = 0; rounds < 100; rounds++) {
            Next next = planner.next(facts());
            if (!(next instanceof Next.Run run)) {
                return next;
            }
            runGroup(run);
        }
        throw new IllegalStateException("the plan does not end: " + journal);
    }

    private void runGroup(Next.Run run) {
        for (List<Step> strand : run.strands()) {
            for (Step step : strand) {
                Outcome outcome = runStep(step);
                journal = journal.plus(List.of(outcome));
                if (outcome instanceof Outcome.Failed) {
                    break;
                }
            }
        }
    }

    private Outcome runStep(Step step) {
        tick();
        if (failing.contains(step)) {
            return new Outcome.Failed(step, "made to fail");
        }
        try {
            StepResult usual = step.match(this);
            StepResult result = answers.getOrDefault(step, usual);
            tick();
            return new Outcome.Finished(step, result, Optional.of(NOW));
        } catch (Impossible e) {
            return new Outcome.Failed(step, String.valueOf(e.getMessage()));
        }
    }

    /** Time passes: clients write, and the manager may die. */
    private void tick() {
        List<Server> writable = servers.values().stream().filter(s -> s.opened).toList();
        writable.forEach(s -> s.ownWrites++);
        mostWritable = Math.max(mostWritable, writable.size());
        if (events++ == cutAt) {
            throw new Cut();
        }
    }

    private void never(boolean happened, String what) {
        if (happened) {
            violations.add(what);
        }
    }

    private Server server(ServerId id) {
        Server server = servers.get(id);
        if (server == null) {
            throw new IllegalStateException("a step for " + id + ", which is not alive");
        }
        return server;
    }

    private StepResult.ReplicaAt at(ServerId id) {
        Server s = server(id);
        World.Replica begin = world.replicas().get(id.order() - 1);
        World.Health health = begin.health().lasting();
        World.Replica now = new World.Replica(s.received, s.applied, false, false, false, health, 0, begin.stray());
        Optional<Gtids> all = Optional.of(world.executed(s.applied, begin.strays()));
        return new StepResult.ReplicaAt(world.status(now), all.filter(g -> world.gtids()));
    }

    @Override
    public StepResult startApplier(Step.StartApplier step) {
        return new StepResult.Plain();
    }

    @Override
    public StepResult stopReceiver(Step.StopReceiver step) {
        server(step.server()).receiving = false;
        return at(step.server());
    }

    @Override
    public StepResult withdrawAddress(Step.WithdrawAddress step) {
        return new StepResult.HookAnswer(0);
    }

    /** Every other old source has something above it that would start it again. */
    @Override
    public StepResult fence(Step.Fence step) {
        boolean supervised = world.written() % 2 == 0;
        fenced = true;
        mustStayAway = supervised;
        return new StepResult.Fenced(StepResult.Fence.PROVEN, supervised, false, "its process is gone");
    }

    @Override
    public StepResult awaitFence(Step.AwaitFence step) {
        mustStayAway = false;
        return new StepResult.Fenced(StepResult.Fence.PROVEN, false, false, "nothing came back");
    }

    @Override
    public StepResult shutDown(Step.ShutDown step) {
        down = true;
        return StepResult.HookAnswer.NO_HOOK;
    }

    @Override
    public StepResult findTail(Step.FindTail step) {
        return world.found(step).orElseThrow(() -> new Impossible("that part of the binary log was purged"));
    }

    @Override
    public StepResult saveTail(Step.SaveTail step) {
        never(down, step + " after the old source's host was shut down");
        never(!fenced && !failing.contains(new Step.Fence(step.server())), step + " before the old source was fenced");
        int from = World.transactions(step.from());
        int end = world.written() - world.log().lost();
        if (from < world.log().from() || from > end) {
            throw new Impossible("the binary log does not hold what follows transaction " + from);
        }
        return saved("tail", step.behind().map(World::before).orElse(from), end);
    }

    @Override
    public StepResult saveRelayLog(Step.SaveRelayLog step) {
        Server s = server(step.server());
        int from = World.transactions(step.from());
        if (from < s.relayLogsFrom) {
            throw new Impossible("relay logs of " + step.server() + " begin behind " + step.from());
        }
        return saved("relay of " + step.server(), from, s.received);
    }

    private StepResult saved(String name, int from, int to) {
        archives.put(name + " from " + from, to);
        return new StepResult.Saved(
                name + " from " + from,
                World.sourcePosition(from),
                World.sourcePosition(to),
                World.sourcePosition(to),
                100L * (to - from),
                to - from,
                world.gtids() ? Optional.of(World.gtids(to)) : Optional.empty(),
                Optional.empty(),
                false,
                StepResult.Writer.GONE,
                StepResult.Restart.NO);
    }

    @Override
    public StepResult level(Step.Level step) {
        Server s = server(step.server());
        int to = archives.getOrDefault(step.archive(), -1);
        int from = World.before(step.archive());
        boolean own = s.receiving || (s.applied < s.received && !(s.delayed && to >= s.received));
        never(to < 0 || s.applied < from, step + " from an archive that does not hold what it lacks");
        never(own, step + " before its own relay log was executed");
        s.received = to > s.applied ? to : s.received;
        s.applied = Math.max(to, s.applied);
        StepResult.ReplicaAt at = at(step.server());
        return new StepResult.Levelled(at.status(), World.sourcePosition(s.applied), at.executed(), "by replication");
    }

    @Override
    public StepResult applyRelayLog(Step.ApplyRelayLog step) {
        Server s = server(step.server());
        never(s.receiving, step + " while its receiver runs");
        s.applied = s.received;
        return at(step.server());
    }

    @Override
    public StepResult catchUp(Step.CatchUp step) {
        Server s = server(step.server());
        Server from = server(step.from());
        never(from.applied < from.received, step + " from one that has not applied all it received");
        s.received = Math.max(s.received, from.applied);
        s.applied = s.received;
        return at(step.server());
    }

    @Override
    public StepResult lookAtSource(Step.LookAtSource step) {
        return new StepResult.Plain();
    }

    @Override
    public StepResult detach(Step.Detach step) {
        server(step.server()).source = Optional.empty();
        return new StepResult.Plain();
    }

    @Override
    public StepResult readCoordinates(Step.ReadCoordinates step) {
        Server s = server(step.server());
        never(s.opened, "coordinates of " + step.server() + " read after it was opened");
        return new StepResult.Coordinates(ownPosition(s), at(step.server()).executed());
    }

    private static BinlogPosition ownPosition(Server s) {
        return new BinlogPosition("own.000001", 4 + 10L * s.applied + 10L * s.ownWrites);
    }

    @Override
    public StepResult assignAddress(Step.AssignAddress step) {
        return new StepResult.HookAnswer(0);
    }

    @Override
    public StepResult makeWritable(Step.MakeWritable step) {
        Server s = server(step.server());
        never(s.source.isPresent(), step.server() + " opened while still a replica");
        never(
                mustStayAway && !failing.contains(new Step.AwaitFence(World.id(0))),
                step.server() + " opened before the old source was seen to stay away");
        never(
                servers.values().stream().anyMatch(o -> !o.receiving && o.received > s.applied),
                step.server() + " opened without transactions that another replica has");
        never(
                archives.values().stream().anyMatch(saved -> saved > s.applied),
                step.server() + " opened without transactions that were saved");
        s.opened = true;
        return new StepResult.Plain();
    }

    @Override
    public StepResult confirmOpen(Step.ConfirmOpen step) {
        return new StepResult.Open(false, Optional.empty());
    }

    @Override
    public StepResult repoint(Step.Repoint step) {
        Server s = server(step.server());
        Server newSource = server(step.newSource());
        if (step.start() instanceof Step.Start.At start) {
            s.applied = s.received;
            BinlogPosition here = World.sourcePosition(s.applied);
            if (!here.isAtOrAfter(step.mustBeAt().orElseThrow())) {
                throw new IllegalStateException(step.server() + " is at " + here + ", not at " + step.mustBeAt());
            }
            s.startedBehind = (int) ((start.position().offset() - 4) / 10) - newSource.applied;
        } else {
            s.applied = newSource.applied;
            s.received = s.applied;
            s.startedBehind = 0;
        }
        s.source = Optional.of(step.newSource());
        return new StepResult.Plain();
    }

    @Override
    public StepResult awaitSync(Step.AwaitSync step) {
        return new StepResult.Plain();
    }

    /** Replicas that follow a new source but would miss or repeat what it wrote, or lack what it had. */
    List<ServerId> diverged() {
        List<ServerId> diverged = new ArrayList<>();
        servers.forEach((id, s) -> s.source.ifPresent(source -> {
            Server of = servers.get(source);
            if (of != null && (s.startedBehind != 0 || s.applied != of.applied)) {
                diverged.add(id);
            }
        }));
        return diverged;
    }
}
