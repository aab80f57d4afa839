package io.mha4j.lab.bench;

import io.mha4j.lab.base.Folders;
import io.mha4j.lab.base.LabException;
import io.mha4j.lab.base.Programs;
import io.mha4j.lab.base.Waiter;
import io.mha4j.lab.bench.Ground.Mover;
import io.mha4j.lab.fault.Scenario;
import io.mha4j.lab.load.Clocks;
import io.mha4j.lab.server.LabServer;
import io.mha4j.lab.stage.LoadSession;
import io.mha4j.lab.stage.ProgramRun;
import io.mha4j.lab.stage.WritableWatch;
import io.mha4j.lab.tree.Tree;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * A source with three replicas that is killed under load, by a script that moves the address: how long until the new source
 * is writable, when an operator orders the failover and when the manager does by itself.
 */
final class FailoverBench {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration QUIET = Duration.ofSeconds(2);

    private final Ground.Plan plan;
    private final int runs;
    private final Waiter waiter = Waiter.real();

    /** Seconds from the order; what the steps took. */
    private record ByHand(double begun, double writable, double verified, double moves, double work, double ended) {}

    FailoverBench(Ground.Plan plan, int runs) {
        this.plan = plan;
        this.runs = runs;
    }

    /** Whether the medians keep their bars. */
    boolean run() {
        Programs.within(LIMIT)
                .run(
                        Path.of("/"),
                        List.of(plan.layout().bin().resolve("masterha").toString(), "prepare-start"));
        List<ByHand> byHand = new ArrayList<>();
        List<WatchedDeath> byManager = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            byHand.add(inFolder(this::byHand));
            byManager.add(inFolder(work -> WatchedDeath.of(Scenario.KILL9, plan, work)));
        }
        System.out.printf("%s, %d failovers each; seconds%n", plan.sentence(), runs);
        line("by hand: order to first step", byHand, ByHand::begun, Double.POSITIVE_INFINITY);
        boolean kept = line("by hand: order to new source writable", byHand, ByHand::writable, 1.2);
        kept &= line("by hand: order to all replicas verified", byHand, ByHand::verified, 1.6);
        line("by hand: moving the address, both calls", byHand, ByHand::moves, Double.POSITIVE_INFINITY);
        kept &= line("by hand: first step to writable, no hooks", byHand, ByHand::work, 0.25);
        line("by hand: order to end of the command", byHand, ByHand::ended, Double.POSITIVE_INFINITY);
        kept &= line("manager: kill to decision", byManager, WatchedDeath::decided, 0.25);
        kept &= line(
                "manager: clients could not write",
                byManager,
                WatchedDeath::client,
                plan.mover() == Mover.VIP ? 0.6 : 1.0);
        line("manager: kill to first step", byManager, WatchedDeath::begun, Double.POSITIVE_INFINITY);
        line("manager: moving the address, both calls", byManager, WatchedDeath::moves, Double.POSITIVE_INFINITY);
        line("manager: first step to writable, no hooks", byManager, WatchedDeath::work, Double.POSITIVE_INFINITY);
        line("manager: kill to its end", byManager, WatchedDeath::ended, Double.POSITIVE_INFINITY);
        return kept;
    }

    private static <T> T inFolder(Function<Path, T> run) {
        Path work = Folders.temporary();
        try {
            return run.apply(work);
        } finally {
            Folders.delete(work);
        }
    }

    /** Nothing writes any more and nothing is to be applied. */
    private ByHand byHand(Path work) {
        try (Ground ground = plan.lay(work);
                LoadSession load = new LoadSession(ground.address(), work.resolve("writes.txt"), Clocks.real())) {
            Tree tree = ground.tree();
            load.start(tree.source(), Ground.WRITERS, Ground.PACE);
            pause();
            load.close();
            tree.awaitReplicated(LIMIT);
            try (WritableWatch writable = WritableWatch.of(tree.replicas(), waiter)) {
                tree.source().kill9();
                return ordered(tree.source(), ground.conf(), work, writable);
            }
        }
    }

    private ByHand ordered(LabServer dead, Path conf, Path work, WritableWatch writable) {
        List<String> argv = List.of(
                plan.layout().bin().resolve("masterha_master_switch").toString(),
                "--master_state=dead",
                "--conf=" + conf,
                "--dead_master_host=" + dead.host(),
                "--dead_master_ip=" + dead.host(),
                "--dead_master_port=" + dead.port(),
                "--interactive=0");
        Instant time = Instant.now();
        long tick = waiter.ticks().nanos();
        try (ProgramRun order = ProgramRun.start(argv, work, Map.of(), work.resolve("order.out"))) {
            int exit = order.await(waiter.in(LIMIT));
            long end = waiter.ticks().nanos();
            if (exit != 0 || writable.firstTick().isEmpty()) {
                throw new LabException("the failover ended with %d: %s".formatted(exit, order.output()));
            }
            IncidentTimes times = IncidentTimes.in(work.resolve("app1"));
            return new ByHand(
                    Duration.between(time, times.begun()).toNanos() / 1e9,
                    (writable.firstTick().getAsLong() - tick) / 1e9,
                    Duration.between(time, times.verified()).toNanos() / 1e9,
                    times.moves().toNanos() / 1e9,
                    times.work().toNanos() / 1e9,
                    (end - tick) / 1e9);
        }
    }

    /** The load's steady state before the kill. */
    private void pause() {
        waiter.until(waiter.in(QUIET), () -> false);
    }

    private static <T> boolean line(String name, List<T> runs, ToDoubleFunction<T> figure, double bar) {
        return Figures.of(runs, figure).told(name, bar);
    }
}
