package io.mha4j.lab.bench;

import io.mha4j.lab.base.Folders;
import io.mha4j.lab.base.LabException;
import io.mha4j.lab.base.Programs;
import io.mha4j.lab.base.Waiter;
import io.mha4j.lab.check.Equality;
import io.mha4j.lab.check.WriteCheck;
import io.mha4j.lab.check.WriteComparison;
import io.mha4j.lab.host.LabHost;
import io.mha4j.lab.load.Clocks;
import io.mha4j.lab.load.LoadTable;
import io.mha4j.lab.server.LabServer;
import io.mha4j.lab.stage.LoadSession;
import io.mha4j.lab.tree.Tree;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Online switches to and fro under load, by a script that moves the address: for how long clients cannot write. */
final class SwitchBench {
    private static final int RUNS = 10;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration QUIET = Duration.ofSeconds(2);
    /** Milliseconds that no client may wait longer where the manager moves the address itself. */
    private static final double WORST_BY_VIP = 200;

    private static final Pattern TOLD =
            Pattern.compile("Writes were stopped for (\\d+) ms; of these scripts took (\\d+) ms");

    private final Ground.Plan plan;

    private final Waiter waiter = Waiter.real();

    /** Milliseconds of one switch, the writes per second before it, and the writes that were lost or made twice. */
    private record Run(
            double rate, double client, double idle, double told, double own, double command, int wrongWrites) {}

    SwitchBench(Ground.Plan plan) {
        this.plan = plan;
    }

    /**
     * Whether the medians keep their bars, no write was lost or made twice, and all servers were equal behind each switch.
     *
     * @throws LabException if they were not
     */
    boolean run() {
        Path work = Folders.temporary();
        try (Ground ground = plan.lay(work);
                LoadSession load = new LoadSession(ground.address(), work.resolve("writes.txt"), Clocks.real())) {
            Tree tree = ground.tree();
            Programs.within(LIMIT)
                    .run(work, List.of(plan.layout().bin().resolve("masterha").toString(), "prepare-start"));
            List<Run> runs = new ArrayList<>();
            for (int i = 0; i <= RUNS; i++) {
                LabServer next = i % 2 == 0 ? tree.replicas().get(0) : tree.source();
                LabServer now = i % 2 == 0 ? tree.source() : tree.replicas().get(0);
                Run one = once(work, ground.conf(), load, now, next, tree);
                if (i > 0) {
                    runs.add(one);
                }
            }
            return told(runs);
        } finally {
            Folders.delete(work);
        }
    }

    private Run once(Path work, Path conf, LoadSession load, LabServer now, LabServer next, Tree tree) {
        // Each load counts its writes from one.
        now.sql("DROP TABLE IF EXISTS " + LoadTable.NAME);
        load.start(now, Ground.WRITERS, Ground.PACE);
        pause();
        load.markFault();
        long start = System.nanoTime();
        Programs.Result result = Programs.within(LIMIT)
                .tryRun(
                        work,
                        List.of(
                                plan.layout()
                                        .bin()
                                        .resolve("masterha_master_switch")
                                        .toString(),
                                "--master_state=alive",
                                "--conf=" + conf,
                                "--interactive=0",
                                "--orig_master_is_new_slave",
                                "--new_master_host=" + next.host(),
                                "--new_master_port=" + next.port()));
        double command = (System.nanoTime() - start) / 1e6;
        Matcher told = TOLD.matcher(result.output());
        if (result.exitStatus() != 0 || !told.find()) {
            throw new LabException("the switch ended with %d: %s".formatted(result.exitStatus(), result.output()));
        }
        pause();
        load.close();
        double stopped = Double.parseDouble(told.group(1));
        double idle = load.record()
                .quietGap(load.faultTick())
                .map(gap -> gap.length().toNanos() / 1e6)
                .orElse(Double.NaN);
        double client = load.downtime().map(d -> d.toNanos() / 1e6).orElse(Double.NaN);
        double rate = load.record().ratePerSecond(load.faultTick()).orElse(0);
        double own = stopped - Double.parseDouble(told.group(2));
        return new Run(rate, client, idle, stopped, own, command, wrongWrites(load, next, tree));
    }

    /** Behind it everybody is the new source's slave, the old one too, and has what it has. */
    private int wrongWrites(LoadSession load, LabServer source, Tree tree) {
        List<LabServer> all = tree.hosts().stream().map(LabHost::server).toList();
        if (!waiter.until(waiter.in(LIMIT), () -> Equality.of(all).holds())) {
            throw new LabException(
                    "not equal behind the switch: " + Equality.of(all).sentence());
        }
        WriteComparison found = WriteCheck.compare(load.record(), source);
        return found.lost().size() + found.duplicated().size();
    }

    /** The load's steady state before and behind a switch. */
    private static void pause() {
        try {
            Thread.sleep(QUIET.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted", e);
        }
    }

    private boolean told(List<Run> runs) {
        System.out.printf("%s, %d switches under load; milliseconds%n", plan.sentence(), runs.size());
        line("writes per second before it", runs.stream().mapToDouble(Run::rate).toArray());
        boolean vip = plan.mover() == Ground.Mover.VIP;
        double[] clients = runs.stream().mapToDouble(Run::client).toArray();
        boolean kept = line("clients could not write", clients, vip ? 60 : Double.POSITIVE_INFINITY);
        line(
                "longest gap before (idle control)",
                runs.stream().mapToDouble(Run::idle).toArray());
        line(
                "writes stopped, as the command says",
                runs.stream().mapToDouble(Run::told).toArray());
        double[] own = runs.stream().mapToDouble(Run::own).toArray();
        kept &= line("of these without moving the address", own, 30);
        kept &= line("whole command", runs.stream().mapToDouble(Run::command).toArray(), 1000);
        int wrong = runs.stream().mapToInt(Run::wrongWrites).sum();
        System.out.printf("  %d writes lost or made twice; all servers equal behind each switch%n", wrong);
        return kept && wrong == 0 && (!vip || new Figures(clients).greatest() <= WORST_BY_VIP);
    }

    private static void line(String name, double[] figures) {
        line(name, figures, Double.POSITIVE_INFINITY);
    }

    /** Whether the median keeps its bar. */
    private static boolean line(String name, double[] figures, double bar) {
        Figures all = new Figures(figures);
        System.out.printf(
                "  %-38s median %7.1f, worst %7.1f%s%n",
                name, all.median(), all.greatest(), Double.isInfinite(bar) ? "" : " (bar: %.0f)".formatted(bar));
        return all.median() <= bar;
    }
}
