package io.mha4j.lab.bench;

import io.mha4j.lab.base.Folders;
import io.mha4j.lab.base.LabException;
import io.mha4j.lab.base.Programs;
import io.mha4j.lab.base.Waiter;
import io.mha4j.lab.bench.Ground.Mover;
import io.mha4j.lab.load.Clocks;
import io.mha4j.lab.server.LabServer;
import io.mha4j.lab.server.ServerKind;
import io.mha4j.lab.stage.Layout;
import io.mha4j.lab.stage.LiveLog;
import io.mha4j.lab.stage.LoadSession;
import io.mha4j.lab.stage.ProgramRun;
import io.mha4j.lab.stage.WritableWatch;
import io.mha4j.lab.tree.Tree;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;

/**
 * A source with three replicas that is killed under load, by a script that moves the address: how long until the new source
 * is writable, when an operator orders the failover and when the manager does by itself.
 */
final class FailoverBench {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration QUIET = Duration.ofSeconds(2);

    private final ServerKind kind;
    private final boolean gtid;
    private final Mover mover;
    private final int runs;
    private final Layout layout;
    private final Waiter waiter = Waiter.real();

    /** Seconds of one failover since the kill or the order; how long clients could not write; what the steps took. */
    private record Run(
            double decided, double begun, double writable, double client, double verified, double work, double ended) {}

    /** When the kill or the order was. */
    private record Start(long tick, Instant time) {
        static Start now(Waiter waiter) {
            return new Start(waiter.ticks().nanos(), Instant.now());
        }
    }

    FailoverBench(ServerKind kind, boolean gtid, Mover mover, int runs, Layout layout) {
        this.kind = kind;
        this.gtid = gtid;
        this.mover = mover;
        this.runs = runs;
        this.layout = layout;
    }

    /** Whether the medians keep their bars. */
    boolean run() {
        Programs.within(LIMIT)
                .run(Path.of("/"), List.of(layout.bin().resolve("masterha").toString(), "prepare-start"));
        List<Run> byHand = new ArrayList<>();
        List<Run> byManager = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            byHand.add(once(false));
            byManager.add(once(true));
        }
        System.out.printf(
                "%s, GTID %s, address moved by %s, %d failovers each; seconds%n",
                kind, gtid ? "on" : "off", mover.name().toLowerCase(Locale.ROOT), runs);
        line("by hand: order to first step", byHand, Run::begun, Double.POSITIVE_INFINITY);
        boolean kept = line("by hand: order to new source writable", byHand, Run::writable, 1.2);
        kept &= line("by hand: order to all replicas verified", byHand, Run::verified, 1.6);
        kept &= line("by hand: first step to writable, no hooks", byHand, Run::work, 0.25);
        line("by hand: order to end of the command", byHand, Run::ended, Double.POSITIVE_INFINITY);
        kept &= line("manager: kill to decision", byManager, Run::decided, 0.25);
        kept &= line("manager: clients could not write", byManager, Run::client, mover == Mover.VIP ? 0.6 : 1.0);
        line("manager: kill to first step", byManager, Run::begun, Double.POSITIVE_INFINITY);
        line("manager: first step to writable, no hooks", byManager, Run::work, Double.POSITIVE_INFINITY);
        line("manager: kill to its end", byManager, Run::ended, Double.POSITIVE_INFINITY);
        return kept;
    }

    private Run once(boolean watched) {
        Path work = Folders.temporary();
        try (Ground ground = Ground.lay(mover, kind, gtid, work, layout);
                LoadSession load = new LoadSession(ground.address(), work.resolve("writes.txt"), Clocks.real())) {
            Tree tree = ground.tree();
            load.start(tree.source(), 4, Duration.ofMillis(10));
            pause();
            return watched ? watched(tree, load, ground.conf(), work) : byHand(tree, load, ground.conf(), work);
        } finally {
            Folders.delete(work);
        }
    }

    /** Nothing writes any more and nothing is to be applied. */
    private Run byHand(Tree tree, LoadSession load, Path conf, Path work) {
        load.close();
        tree.awaitReplicated(LIMIT);
        try (WritableWatch writable = WritableWatch.of(tree.replicas(), waiter)) {
            tree.source().kill9();
            LabServer dead = tree.source();
            List<String> argv = List.of(
                    layout.bin().resolve("masterha_master_switch").toString(),
                    "--master_state=dead",
                    "--conf=" + conf,
                    "--dead_master_host=" + dead.host(),
                    "--dead_master_ip=" + dead.host(),
                    "--dead_master_port=" + dead.port(),
                    "--interactive=0");
            Start ordered = Start.now(waiter);
            try (ProgramRun order = ProgramRun.start(argv, work, Map.of(), work.resolve("order.out"))) {
                return ended(order, ordered, OptionalLong.empty(), writable, work);
            }
        }
    }

    private Run watched(Tree tree, LoadSession load, Path conf, Path work) {
        List<String> argv = List.of(layout.bin().resolve("masterha_manager").toString(), "--conf=" + conf);
        try (ProgramRun manager = ProgramRun.start(argv, work, Map.of(), work.resolve("manager.out"));
                LiveLog log = LiveLog.of(work.resolve("app1").resolve("manager.log"), line -> {}, waiter);
                WritableWatch writable = WritableWatch.of(tree.replicas(), waiter)) {
            waiter.until(
                    waiter.in(LIMIT),
                    () -> !manager.running() || log.lines().stream().anyMatch(line -> line.contains(LiveLog.WATCHING)));
            pause();
            Start killed = Start.now(waiter);
            load.markFault();
            tree.source().kill9();
            waiter.until(waiter.in(LIMIT), () -> !manager.running());
            OptionalLong decided = log.firstAfter(killed.tick(), line -> line.contains(LiveLog.DECIDED));
            waiter.until(waiter.in(LIMIT), () -> load.downtime().isPresent());
            double client = load.downtime().map(d -> d.toNanos() / 1e9).orElse(Double.NaN);
            Run run = ended(manager, killed, decided, writable, work);
            return new Run(run.decided(), run.begun(), run.writable(), client, run.verified(), run.work(), run.ended());
        }
    }

    private Run ended(ProgramRun program, Start start, OptionalLong decided, WritableWatch writable, Path work) {
        int exit = program.await(waiter.in(LIMIT));
        long end = waiter.ticks().nanos();
        if (exit != 0 || writable.firstTick().isEmpty()) {
            throw new LabException("the failover ended with %d: %s".formatted(exit, program.output()));
        }
        IncidentTimes times = IncidentTimes.in(work.resolve("app1"));
        return new Run(
                decided.isPresent() ? (decided.getAsLong() - start.tick()) / 1e9 : Double.NaN,
                Duration.between(start.time(), times.begun()).toNanos() / 1e9,
                (writable.firstTick().getAsLong() - start.tick()) / 1e9,
                Double.NaN,
                Duration.between(start.time(), times.verified()).toNanos() / 1e9,
                times.work().toNanos() / 1e9,
                (end - start.tick()) / 1e9);
    }

    /** The load's steady state before the kill. */
    private void pause() {
        waiter.until(waiter.in(QUIET), () -> false);
    }

    /** Whether the median is no greater than {@code bar}. */
    private static boolean line(String name, List<Run> runs, ToDoubleFunction<Run> figure, double bar) {
        Figures figures = new Figures(runs.stream().mapToDouble(figure).toArray());
        System.out.printf(
                "  %-41s median %6.3f, worst %6.3f%s%n",
                name,
                figures.median(),
                figures.greatest(),
                bar < Double.POSITIVE_INFINITY ? " (bar: " + bar + ")" : "");
        return figures.median() <= bar;
    }
}
