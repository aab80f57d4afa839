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

    /** Seconds of one failover since the kill or the order; how long clients could not write. */
    private record Run(double decided, double writable, double client, double ended) {}

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
                "%s, GTID %s, address moved by %s, %d failovers each under load; seconds%n",
                kind, gtid ? "on" : "off", mover.name().toLowerCase(Locale.ROOT), runs);
        boolean kept = line("by hand: order to new source writable", byHand, Run::writable, 1.2);
        kept &= line("by hand: order to end of the command", byHand, Run::ended, 1.6);
        kept &= line("manager: kill to decision", byManager, Run::decided, 0.25);
        kept &= line("manager: clients could not write", byManager, Run::client, mover == Mover.VIP ? 0.6 : 1.0);
        line("manager: kill to its end", byManager, Run::ended, Double.POSITIVE_INFINITY);
        return kept;
    }

    private Run once(boolean watched) {
        Path work = Folders.temporary();
        try (Ground ground = Ground.lay(mover, kind, gtid, work, layout);
                LoadSession load = new LoadSession(ground.address(), work.resolve("writes.txt"), Clocks.real())) {
            Tree tree = ground.tree();
            load.start(tree.source(), 4, Duration.ofMillis(10));
            return watched ? watched(tree, load, ground.conf(), work) : byHand(tree, load, ground.conf(), work);
        } finally {
            Folders.delete(work);
        }
    }

    private Run byHand(Tree tree, LoadSession load, Path conf, Path work) {
        pause();
        try (WritableWatch writable = WritableWatch.of(tree.replicas(), waiter)) {
            kill(tree, load);
            LabServer dead = tree.source();
            List<String> argv = List.of(
                    layout.bin().resolve("masterha_master_switch").toString(),
                    "--master_state=dead",
                    "--conf=" + conf,
                    "--dead_master_host=" + dead.host(),
                    "--dead_master_ip=" + dead.host(),
                    "--dead_master_port=" + dead.port(),
                    "--interactive=0");
            long ordered = waiter.ticks().nanos();
            try (ProgramRun order = ProgramRun.start(argv, work, Map.of(), work.resolve("order.out"))) {
                return ended(order, ordered, OptionalLong.empty(), writable, load);
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
            kill(tree, load);
            long killed = load.faultTick();
            waiter.until(waiter.in(LIMIT), () -> !manager.running());
            OptionalLong decided = log.firstAfter(killed, line -> line.contains(LiveLog.DECIDED));
            return ended(manager, killed, decided, writable, load);
        }
    }

    private static void kill(Tree tree, LoadSession load) {
        load.markFault();
        tree.source().kill9();
    }

    private Run ended(ProgramRun program, long start, OptionalLong decided, WritableWatch writable, LoadSession load) {
        int exit = program.await(waiter.in(LIMIT));
        long end = waiter.ticks().nanos();
        if (exit != 0 || writable.firstTick().isEmpty()) {
            throw new LabException("the failover ended with %d: %s".formatted(exit, program.output()));
        }
        waiter.until(waiter.in(LIMIT), () -> load.downtime().isPresent());
        double client = load.downtime().map(d -> d.toNanos() / 1e9).orElse(Double.NaN);
        return new Run(
                decided.isPresent() ? (decided.getAsLong() - start) / 1e9 : Double.NaN,
                (writable.firstTick().getAsLong() - start) / 1e9,
                client,
                (end - start) / 1e9);
    }

    /** The load's steady state before the kill. */
    private void pause() {
        waiter.until(waiter.in(QUIET), () -> false);
    }

    /** Whether the median is no greater than {@code bar}. */
    private static boolean line(String name, List<Run> runs, ToDoubleFunction<Run> figure, double bar) {
        Figures figures = new Figures(runs.stream().mapToDouble(figure).toArray());
        System.out.printf(
                "  %-38s median %6.3f, worst %6.3f%s%n",
                name,
                figures.median(),
                figures.greatest(),
                bar < Double.POSITIVE_INFINITY ? " (bar: " + bar + ")" : "");
        return figures.median() <= bar;
    }
}
