package io.mha4j.decision.rehearsal;

import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.Gtids;
import io.mha4j.decision.FailoverFacts;
import io.mha4j.decision.FailoverPlanner;
import io.mha4j.decision.Next;
import io.mha4j.decision.Outcome;
import io.mha4j.decision.Step;
import io.mha4j.decision.StepResult;
import io.mha4j.topology.Replica;
import io.mha4j.topology.ReplicaStatus;
import io.mha4j.topology.ServerFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a failover would do if every step did what it should: servers as the sweep saw them, scripts that succeed. Nothing
 * is asked or changed; the steps and their order are the planner's own.
 */
public final class Rehearsal implements Step.Cases<StepResult> {
    private final FailoverFacts facts;
    private final OldLog log;

    /** Where the old source's binary log has what. */
    @FunctionalInterface
    public interface OldLog {
        /** Where it ends. */
        BinlogPosition end(Step.SaveTail save);

        /** From where on there is what replicas lack; empty where it is not found. */
        default Optional<StepResult.Found> start(Step.FindTail find) {
            return Optional.empty();
        }
    }

    private Rehearsal(FailoverFacts facts, OldLog log) {
        this.facts = facts;
        this.log = log;
    }

    /** Every step does what it should. */
    public static Rehearsal of(FailoverFacts facts, OldLog log) {
        return new Rehearsal(facts, log);
    }

    /**
     * Every answer of the planner, to the last one, which is no {@link Next.Run}.
     *
     * @param log asked when the old source's binary log comes to be saved
     */
    public static List<Next> plan(FailoverFacts begin, OldLog log) {
        FailoverPlanner planner = new FailoverPlanner();
        FailoverFacts facts = begin;
        List<Next> plan = new ArrayList<>();
        Next next = planner.next(facts);
        plan.add(next);
        while (next instanceof Next.Run group) {
            facts = facts.with(facts.progress().plus(of(facts, log).run(group)));
            next = planner.next(facts);
            plan.add(next);
        }
        return plan;
    }

    /** Every step of the group, done as it should be. */
    public List<Outcome.Finished> run(Next.Run group) {
        return group.steps().stream()
                .map(step -> new Outcome.Finished(step, step.match(this), Optional.empty()))
                .toList();
    }

    private Replica replica(ServerId server) {
        return facts.tree().replica(server).orElseThrow();
    }

    private StepResult.ReplicaAt at(ServerId server, Optional<BinlogPosition> applied, Optional<Gtids> executed) {
        ReplicaStatus s = replica(server).status();
        ReplicaStatus now = new ReplicaStatus(
                s.channel(),
                s.sourceHost(),
                s.sourcePort(),
                s.user(),
                s.receiver(),
                s.applier(),
                s.read(),
                applied,
                s.relayLog(),
                s.autoPosition(),
                s.retrieved(),
                s.delay(),
                s.lag(),
                s.ssl(),
                s.filters());
        return new StepResult.ReplicaAt(now, executed);
    }

    private StepResult.ReplicaAt asSwept(ServerId server) {
        return at(
                server,
                replica(server).status().applied(),
                replica(server).facts().executed());
    }

    /** It has executed all it received. */
    private StepResult.ReplicaAt caughtUp(ServerId server) {
        ReplicaStatus status = replica(server).status();
        Optional<Gtids> executed = replica(server).facts().executed().map(done -> status.retrieved()
                .map(r -> Gtids.union(done, r))
                .orElse(done));
        return at(server, status.read(), executed);
    }

    @Override
    public StepResult startApplier(Step.StartApplier step) {
        return new StepResult.Plain();
    }

    @Override
    public StepResult stopReceiver(Step.StopReceiver step) {
        return asSwept(step.server());
    }

    @Override
    public StepResult withdrawAddress(Step.WithdrawAddress step) {
        return new StepResult.HookAnswer(0);
    }

    @Override
    public StepResult fence(Step.Fence step) {
        return new StepResult.Fenced(StepResult.Fence.PROVEN, false, false, "its process is gone");
    }

    @Override
    public StepResult awaitFence(Step.AwaitFence step) {
        return new StepResult.Fenced(StepResult.Fence.PROVEN, false, false, "its process is gone and stayed away");
    }

    @Override
    public StepResult shutDown(Step.ShutDown step) {
        return facts.app().of(step.server()).scripts().shutdown().isPresent()
                ? new StepResult.HookAnswer(0)
                : StepResult.HookAnswer.NO_HOOK;
    }

    @Override
    public StepResult findTail(Step.FindTail step) {
        return log.start(step).<StepResult>map(found -> found).orElseGet(StepResult.Plain::new);
    }

    @Override
    public StepResult saveTail(Step.SaveTail step) {
        return saved("tail", step.from(), log.end(step), Optional.empty());
    }

    @Override
    public StepResult saveRelayLog(Step.SaveRelayLog step) {
        ReplicaStatus status = replica(step.server()).status();
        return saved(
                "relay logs of " + step.server(), step.from(), status.read().orElseThrow(), status.retrieved());
    }

    private static StepResult saved(String name, BinlogPosition from, BinlogPosition to, Optional<Gtids> gtids) {
        return new StepResult.Saved(
                name,
                from,
                to,
                to,
                0,
                0,
                gtids,
                Optional.empty(),
                false,
                StepResult.Writer.GONE,
                StepResult.Restart.NO);
    }

    /** Whatever it is levelled from holds all that replicas received from the old source. */
    @Override
    public StepResult level(Step.Level step) {
        Stream<Gtids> sent = facts.tree().replicas().stream().flatMap(r -> r.status().retrieved().stream());
        Optional<Gtids> executed = replica(step.server()).facts().executed().map(own -> sent.reduce(own, Gtids::union));
        StepResult.ReplicaAt at = at(step.server(), Optional.of(step.upTo()), executed);
        return new StepResult.Levelled(at.status(), step.upTo(), executed, "by replication");
    }

    @Override
    public StepResult applyRelayLog(Step.ApplyRelayLog step) {
        return caughtUp(step.server());
    }

    @Override
    public StepResult catchUp(Step.CatchUp step) {
        return at(step.server(), replica(step.server()).status().read(), Optional.of(step.upTo()));
    }

    @Override
    public StepResult lookAtSource(Step.LookAtSource step) {
        return new StepResult.Plain();
    }

    @Override
    public StepResult detach(Step.Detach step) {
        return new StepResult.Plain();
    }

    @Override
    public StepResult readCoordinates(Step.ReadCoordinates step) {
        BinlogPosition end = replica(step.server())
                .facts()
                .binlog()
                .map(ServerFacts.OwnBinlog::end)
                .orElseThrow();
        return new StepResult.Coordinates(end, executed(step.server()));
    }

    /** All that it had at first, or was said to have after a step. */
    private Optional<Gtids> executed(ServerId server) {
        Stream<Gtids> later = facts.progress().outcomes().stream()
                .filter(o -> o.step().server().equals(server))
                .flatMap(o -> o instanceof Outcome.Finished f ? Stream.of(f.result()) : Stream.empty())
                .flatMap(result -> result instanceof StepResult.Levelled level
                        ? level.executed().stream()
                        : result instanceof StepResult.ReplicaAt at ? at.executed().stream() : Stream.empty());
        return replica(server).facts().executed().map(swept -> later.reduce(swept, Gtids::union));
    }

    @Override
    public StepResult assignAddress(Step.AssignAddress step) {
        return new StepResult.HookAnswer(0);
    }

    @Override
    public StepResult makeWritable(Step.MakeWritable step) {
        return new StepResult.Plain();
    }

    @Override
    public StepResult confirmOpen(Step.ConfirmOpen step) {
        return new StepResult.Open(false, Optional.empty());
    }

    @Override
    public StepResult repoint(Step.Repoint step) {
        StepResult.ReplicaAt at = caughtUp(step.server());
        Optional<Gtids> executed =
                executed(step.server()).map(all -> at.executed().stream().reduce(all, Gtids::union));
        return new StepResult.ReplicaAt(at.status(), executed);
    }

    @Override
    public StepResult awaitSync(Step.AwaitSync step) {
        return new StepResult.Plain();
    }
}
