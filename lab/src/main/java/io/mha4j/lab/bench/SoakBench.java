package io.mha4j.lab.bench;

import io.mha4j.lab.base.Folders;
import io.mha4j.lab.base.LabException;
import io.mha4j.lab.base.Waiter;
import io.mha4j.lab.server.LabServer;
import io.mha4j.lab.stage.LiveLog;
import io.mha4j.lab.stage.ProgramRun;
import io.mha4j.lab.tree.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A manager that watches one healthy tree for a long time and then is told to stop: its memory, threads and processor time,
 * and its connections to each server. The source stands still for a moment now and then.
 */
final class SoakBench {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Classes are still loaded and code is still made in the first minute. */
    private static final Duration WARM_UP = Duration.ofMinutes(1);

    private static final Duration BETWEEN = Duration.ofSeconds(30);

    /** Shorter than four failures take; each time the connection is lost and made again. */
    private static final Duration STANDS_STILL = Duration.ofMillis(2200);

    private static final double MEGABYTES = 120;
    private static final double GROWTH = 5;
    private static final double PERCENT = 2;
    private static final double STOPPED = 1.0;
    private static final double CHECKED = 0.25;
    private static final int CHECKS = 10;

    private final Ground.Plan plan;
    private final Duration time;
    private final Waiter waiter = Waiter.real();

    /** What the process and the servers show at one moment; memory in MB, processor time in seconds. */
    private record Sample(double memory, int threads, double processor, List<Integer> connections) {}

    SoakBench(Ground.Plan plan, Duration time) {
        this.plan = plan;
        this.time = time;
    }

    /** Whether everything keeps its bar. */
    boolean run() {
        Path work = Folders.temporary();
        try (Ground ground = plan.lay(work)) {
            CommandTime.seconds(work, List.of(program("masterha"), "prepare-start"), 0);
            List<String> argv = List.of(program("masterha_manager"), "--conf=" + ground.conf());
            Path file = work.resolve("app1").resolve("manager.log");
            try (ProgramRun manager = ProgramRun.start(argv, work, Map.of(), work.resolve("manager.out"));
                    LiveLog log = LiveLog.of(file, line -> {}, waiter)) {
                waiter.until(
                        waiter.in(LIMIT), () -> log.lines().stream().anyMatch(line -> line.contains(LiveLog.WATCHING)));
                return watched(ground, manager);
            }
        } finally {
            Folders.delete(work);
        }
    }

    private boolean watched(Ground ground, ProgramRun manager) {
        Tree tree = ground.tree();
        List<Sample> samples = new ArrayList<>();
        pause(WARM_UP);
        samples.add(sample(manager, tree));
        for (long left = time.minus(WARM_UP).toSeconds(); left > 0; left -= BETWEEN.toSeconds()) {
            tree.source().freeze();
            pause(STANDS_STILL);
            tree.source().thaw();
            pause(BETWEEN.minus(STANDS_STILL));
            samples.add(sample(manager, tree));
        }
        boolean kept = told(samples);
        kept &= checked(ground);
        long told = waiter.ticks().nanos();
        CommandTime.seconds(ground.work(), List.of(program("masterha_stop"), "--conf=" + ground.conf()), 0);
        int exit = manager.await(waiter.in(LIMIT));
        kept &= new Figures(new double[] {(waiter.ticks().nanos() - told) / 1e9})
                .told("masterha_stop to the manager's end, s", STOPPED);
        System.out.printf("  the manager ended with %d%n", exit);
        return kept;
    }

    private boolean checked(Ground ground) {
        List<Double> took = new ArrayList<>();
        for (int i = 0; i < CHECKS; i++) {
            took.add(CommandTime.seconds(
                    ground.work(), List.of(program("masterha_check_status"), "--conf=" + ground.conf()), 0));
        }
        return Figures.of(took, Double::doubleValue).told("masterha_check_status, s", CHECKED);
    }

    private boolean told(List<Sample> samples) {
        Sample first = samples.get(0);
        Sample last = samples.get(samples.size() - 1);
        System.out.printf("%s, watched for %d minutes; median, worst%n", plan.sentence(), time.toMinutes());
        boolean kept = Figures.of(samples, Sample::memory).told("memory (RSS), MB", MEGABYTES);
        double seconds = time.minus(WARM_UP).toSeconds();
        kept &= one("growth of it since the first minute, MB", last.memory() - first.memory(), GROWTH);
        kept &= one("processor, % of one core", (last.processor() - first.processor()) / seconds * 100, PERCENT);
        System.out.printf("  threads %d, at the end %d%n", first.threads(), last.threads());
        System.out.printf("  connections to each server %s, at the end %s%n", first.connections(), last.connections());
        return kept && last.connections().equals(first.connections()) && last.threads() <= first.threads();
    }

    private static boolean one(String name, double figure, double bar) {
        return new Figures(new double[] {figure}).told(name, bar);
    }

    private Sample sample(ProgramRun manager, Tree tree) {
        List<Integer> connections = new ArrayList<>();
        connections.add(connections(tree.source()));
        tree.replicas().forEach(replica -> connections.add(connections(replica)));
        Path process = Path.of("/proc", Long.toString(manager.pid()));
        String status = text(process.resolve("status"));
        return new Sample(
                number(status, "VmRSS:\\s+(\\d+) kB") / 1024.0,
                (int) number(status, "Threads:\\s+(\\d+)"),
                processor(text(process.resolve("stat"))),
                connections);
    }

    /** Of user and system, which are the 14th and the 15th field, in hundredths of a second. */
    private static double processor(String stat) {
        String behindName = stat.substring(stat.lastIndexOf(')'));
        String fields = "^\\)( \\S+){11} ";
        return (number(behindName, fields + "(\\d+) \\d+ ") + number(behindName, fields + "\\d+ (\\d+) ")) / 100.0;
    }

    /** All but our own. */
    private static int connections(LabServer server) {
        return server.value("SELECT COUNT(*) - 1 FROM information_schema.PROCESSLIST")
                .map(Integer::parseInt)
                .orElseThrow(() -> new LabException(server + " does not count its connections"));
    }

    private static long number(String text, String pattern) {
        Matcher found = Pattern.compile(pattern, Pattern.MULTILINE).matcher(text);
        if (!found.find()) {
            throw new LabException("no " + pattern + " in " + text);
        }
        return Long.parseLong(found.group(found.groupCount()));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new LabException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private void pause(Duration length) {
        waiter.until(waiter.in(length), () -> false);
    }

    private String program(String name) {
        return plan.layout().bin().resolve(name).toString();
    }
}
