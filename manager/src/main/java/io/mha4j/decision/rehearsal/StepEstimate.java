package io.mha4j.decision.rehearsal;

import io.mha4j.base.ServerId;
import io.mha4j.config.ServerSettings;
import io.mha4j.decision.FailoverFacts;
import io.mha4j.decision.Next;
import io.mha4j.decision.Step;
import io.mha4j.topology.ReplicaStatus;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * How long each step would take, by counting what it asks of servers and hosts. What scripts take, and what servers have to
 * execute, cannot be counted.
 */
public final class StepEstimate implements Step.Cases<Estimate> {
    /** Each step is written into journal and log twice, by a program that has just begun to run. */
    private static final Duration OWN = Duration.ofMillis(10);

    /** A replica's threads are seen to run on for so long. */
    private static final Duration CONFIRM = Duration.ofMillis(200);

    /** So long is waited for another host that may still have the address. */
    private static final Duration ASKED = Duration.ofSeconds(1);

    private static final String SCRIPT = "what the script takes";
    private static final String EXECUTION = "what executing it takes";

    private final FailoverFacts facts;
    private final Pace pace;
    private final Supplier<Duration> reading;

    /** @param reading how long it took to read what would be saved; asked when that is known */
    public StepEstimate(FailoverFacts facts, Pace pace, Supplier<Duration> reading) {
        this.facts = facts;
        this.pace = pace;
        this.reading = reading;
    }

    /** Of one step. */
    public Estimate of(Step step) {
        Estimate bare = step.match(this);
        return new Estimate(bare.known().plus(OWN), bare.more());
    }

    /** From the first step to the opening of the new source; empty if it is not opened. */
    public Optional<Estimate> untilOpen(List<Next> plan) {
        Duration sum = Duration.ZERO;
        boolean unknown = false;
        for (Next next : plan) {
            if (next instanceof Next.Run group) {
                List<Estimate> all = group.steps().stream().map(this::of).toList();
                sum = sum.plus(together(all, group.atOnce()));
                unknown |= all.stream().anyMatch(each -> each.more().isPresent());
                if (group.steps().stream().anyMatch(Step.MakeWritable.class::isInstance)) {
                    Estimate estimate = Estimate.of(sum);
                    return Optional.of(unknown ? estimate.and("what is said of single steps") : estimate);
                }
            }
        }
        return Optional.empty();
    }

    /** What cannot be counted of it, each once. */
    public List<String> uncounted(List<Next> plan) {
        Set<String> all = new LinkedHashSet<>();
        for (Next next : plan) {
            if (next instanceof Next.Run group) {
                group.steps().forEach(step -> of(step).more().ifPresent(all::add));
                if (group.steps().stream().anyMatch(Step.MakeWritable.class::isInstance)) {
                    break;
                }
            }
        }
        return List.copyOf(all);
    }

    private static Duration together(List<Estimate> all, boolean atOnce) {
        return atOnce
                ? all.stream()
                        .map(Estimate::known)
                        .max(Comparator.naturalOrder())
                        .orElse(Duration.ZERO)
                : all.stream().map(Estimate::known).reduce(Duration.ZERO, Duration::plus);
    }

    private Estimate asked(ServerId server, int questions) {
        return Estimate.of(pace.ask(server, questions));
    }

    @Override
    public Estimate startApplier(Step.StartApplier step) {
        return asked(step.server(), 3);
    }

    /** The first step on each replica logs in. */
    @Override
    public Estimate stopReceiver(Step.StopReceiver step) {
        return Estimate.of(pace.login(step.server()).plus(pace.ask(step.server(), 4)));
    }

    @Override
    public Estimate withdrawAddress(Step.WithdrawAddress step) {
        return moved(step.server());
    }

    @Override
    public Estimate assignAddress(Step.AssignAddress step) {
        Estimate moved = moved(step.server());
        boolean asks = facts.app().of(step.server()).scripts().vip().isPresent() && !facts.sshReachable();
        return asks ? new Estimate(moved.known().plus(ASKED), moved.more()) : moved;
    }

    /** A host's own answer is not measured; the dead source's stands for it. */
    private Estimate moved(ServerId server) {
        ServerSettings.Scripts scripts = facts.app().of(server).scripts();
        if (scripts.vip().isPresent()) {
            return Estimate.of(pace.commands(2));
        }
        return scripts.ipFailover().isPresent() ? Estimate.of(Duration.ZERO).and(SCRIPT) : Estimate.of(Duration.ZERO);
    }

    @Override
    public Estimate fence(Step.Fence step) {
        return Estimate.of(pace.commands(2));
    }

    @Override
    public Estimate awaitFence(Step.AwaitFence step) {
        return Estimate.of(facts.app().of(step.server()).fencing().settle());
    }

    @Override
    public Estimate shutDown(Step.ShutDown step) {
        boolean script = facts.app().of(step.server()).scripts().shutdown().isPresent();
        return script ? Estimate.of(Duration.ZERO).and(SCRIPT) : Estimate.of(Duration.ZERO);
    }

    @Override
    public Estimate findTail(Step.FindTail step) {
        return Estimate.of(pace.commands(4));
    }

    @Override
    public Estimate saveTail(Step.SaveTail step) {
        return Estimate.of(pace.commands(3).plus(reading.get()));
    }

    @Override
    public Estimate saveRelayLog(Step.SaveRelayLog step) {
        return asked(step.server(), 2).and("what reading its relay logs takes");
    }

    @Override
    public Estimate level(Step.Level step) {
        return asked(step.server(), 8).and(EXECUTION);
    }

    @Override
    public Estimate applyRelayLog(Step.ApplyRelayLog step) {
        Estimate bare = asked(step.server(), 3);
        return caughtUp(step.server()) ? bare : bare.and(EXECUTION);
    }

    private boolean caughtUp(ServerId server) {
        ReplicaStatus status = facts.tree().replica(server).orElseThrow().status();
        return status.read().equals(status.applied());
    }

    @Override
    public Estimate catchUp(Step.CatchUp step) {
        return asked(step.server(), 8).and(EXECUTION);
    }

    /** It is not waited for longer where it was silent just before. */
    @Override
    public Estimate lookAtSource(Step.LookAtSource step) {
        return Estimate.of(Duration.ZERO);
    }

    @Override
    public Estimate detach(Step.Detach step) {
        return asked(step.server(), 4);
    }

    @Override
    public Estimate readCoordinates(Step.ReadCoordinates step) {
        return asked(step.server(), 2);
    }

    @Override
    public Estimate makeWritable(Step.MakeWritable step) {
        return asked(step.server(), 4);
    }

    @Override
    public Estimate confirmOpen(Step.ConfirmOpen step) {
        return asked(step.server(), 1);
    }

    @Override
    public Estimate repoint(Step.Repoint step) {
        return Estimate.of(pace.ask(step.server(), 8).plus(CONFIRM));
    }

    @Override
    public Estimate awaitSync(Step.AwaitSync step) {
        return asked(step.server(), 2).and(EXECUTION);
    }
}
