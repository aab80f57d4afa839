package io.mha4j.lab.bench;

import io.mha4j.lab.base.Folders;
import io.mha4j.lab.base.LabException;
import io.mha4j.lab.base.Programs;
import io.mha4j.lab.load.Clocks;
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
    private static final Pattern TOLD =
            Pattern.compile("Writes were stopped for (\\d+) ms; of these scripts took (\\d+) ms");

    private final Ground.Plan plan;

    /** Milliseconds of one switch, and the writes per second before it. */
    private record Run(double rate, double client, double idle, double told, double own, double command) {}

    SwitchBench(Ground.Plan plan) {
        this.plan = plan;
    }

    /** Whether our own share of the time without writes keeps its bar: 30 ms in the median. */
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
                Run one = once(work, ground.conf(), load, now, next);
                if (i > 0) {
                    runs.add(one);
                }
            }
            return told(runs);
        } finally {
            Folders.delete(work);
        }
    }

    private Run once(Path work, Path conf, LoadSession load, LabServer now, LabServer next) {
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
        return new Run(rate, client, idle, stopped, stopped - Double.parseDouble(told.group(2)), command);
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
        line("clients could not write", runs.stream().mapToDouble(Run::client).toArray());
        line(
                "longest gap before (idle control)",
                runs.stream().mapToDouble(Run::idle).toArray());
        line(
                "writes stopped, as the command says",
                runs.stream().mapToDouble(Run::told).toArray());
        double own = line(
                "of these without the scripts",
                runs.stream().mapToDouble(Run::own).toArray());
        line("whole command", runs.stream().mapToDouble(Run::command).toArray());
        return own <= 30;
    }

    /** Answers the median. */
    private static double line(String name, double[] figures) {
        Figures all = new Figures(figures);
        System.out.printf("  %-38s median %7.1f, worst %7.1f%n", name, all.median(), all.greatest());
        return all.median();
    }
}
