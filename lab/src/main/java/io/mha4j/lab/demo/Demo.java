package io.mha4j.lab.demo;

import io.mha4j.base.Deadline;
import io.mha4j.lab.address.MovingAddress;
import io.mha4j.lab.base.LabException;
import io.mha4j.lab.base.Waiter;
import io.mha4j.lab.check.Equality;
import io.mha4j.lab.check.LossClaim;
import io.mha4j.lab.check.WriteCheck;
import io.mha4j.lab.demo.Summary.Moment;
import io.mha4j.lab.demo.Summary.Replica;
import io.mha4j.lab.fault.Misfortune;
import io.mha4j.lab.fault.Scenario;
import io.mha4j.lab.load.Clocks;
import io.mha4j.lab.load.LoadRecord;
import io.mha4j.lab.load.LoadRecord.Gap;
import io.mha4j.lab.server.LabServer;
import io.mha4j.lab.stage.AppSettings;
import io.mha4j.lab.stage.Layout;
import io.mha4j.lab.stage.LiveLog;
import io.mha4j.lab.stage.LoadSession;
import io.mha4j.lab.stage.ProgramRun;
import io.mha4j.lab.stage.WritableWatch;
import io.mha4j.lab.tree.Replication;
import io.mha4j.lab.tree.Tree;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** The demo on a running tree: load, manager, fault, and what came of it. */
final class Demo {
    private static final String ADDRESS = "127.0.0.10";
    private static final String APP = "app1";

    private static final Duration WATCH_LIMIT = Duration.ofSeconds(30);
    private static final Duration QUIET = Duration.ofSeconds(3);
    private static final Duration FAILOVER_LIMIT = Duration.ofSeconds(60);
    private static final Duration SETTLE_LIMIT = Duration.ofSeconds(10);
    private static final int CONNECTIONS = 4;
    private static final Duration PACE = Duration.ofMillis(10);

    private final Tree tree;
    private final Layout layout;
    private final Path work;
    private final Consumer<String> says;
    private final Waiter waiter = Waiter.real();

    /**
     * @param work gets logs and records
     * @param says gets one line at a time
     */
    Demo(Tree tree, Layout layout, Path work, Consumer<String> says) {
        this.tree = tree;
        this.layout = layout;
        this.work = work;
        this.says = says;
    }

    /** Runs it: fault, failover, and the old source's return. */
    Summary run(Scenario scenario) {
        Misfortune misfortune = new Misfortune(tree, waiter, says);
        Path route = work.resolve("route");
        try (MovingAddress address = MovingAddress.open(ADDRESS, 0, route);
                LoadSession load = new LoadSession(address, work.resolve("writes.txt"), Clocks.real())) {
            address.pointTo(tree.source().host(), tree.source().port());
            load.start(tree.source(), CONNECTIONS, PACE);
            says.accept("clients write through %s:%d, %d connections"
                    .formatted(address.host(), address.port(), CONNECTIONS));
            Path conf = configuration(route);
            Path console = work.resolve("manager.out");
            try (ProgramRun manager = manager(conf, console);
                    LiveLog log = log(work.resolve(APP).resolve("manager.log"));
                    LiveLog errors = log(console);
                    WritableWatch writable = WritableWatch.of(tree.replicas(), waiter)) {
                awaitWatching(manager, log, errors);
                pause(QUIET);
                misfortune.befall(scenario, load);
                Optional<Integer> exit = end(manager);
                long ended = waiter.ticks().nanos();
                awaitWrites(load);
                load.close();
                writable.close();
                log.close();
                errors.close();
                List<String> lines = new ArrayList<>(errors.lines());
                lines.addAll(log.lines());
                OptionalLong decided = either(log, errors, load.faultTick());
                Ending ending = new Ending(scenario, exit, ended, decided, lines);
                Summary summary = summary(load, writable, ending);
                return summary.with(newSource(writable).map(source -> comeHome(scenario, misfortune, conf, source)));
            }
        }
    }

    /** What is known of the manager's end. */
    private record Ending(
            Scenario scenario, Optional<Integer> exit, long tick, OptionalLong decided, List<String> lines) {}

    private Summary.OldSource comeHome(Scenario scenario, Misfortune misfortune, Path conf, LabServer newSource) {
        says.accept("the old source " + name(tree.source()) + " is started again");
        misfortune.undo(scenario);
        return new Homecoming(layout, conf, waiter, says).of(tree.source(), newSource);
    }

    private static Optional<LabServer> newSource(WritableWatch writable) {
        return writable.writable().size() == 1 ? Optional.of(writable.writable().get(0)) : Optional.empty();
    }

    private Path configuration(Path route) {
        Path conf = work.resolve(APP + ".cnf");
        // The summary waits for the manager's end, and brings the old source home itself.
        Map<String, String> defaults =
                Map.of("master_ip_failover_script", layout.addressHook() + " --route=" + route, "guard_time", "0");
        new AppSettings(APP, Map.of("server default", defaults), List.of()).write(tree, conf, work.resolve(APP));
        return conf;
    }

    private ProgramRun manager(Path conf, Path console) {
        List<String> argv = List.of(layout.bin().resolve("masterha_manager").toString(), "--conf=" + conf);
        says.accept("started " + String.join(" ", argv));
        return ProgramRun.start(argv, work, Map.of(), console);
    }

    private LiveLog log(Path file) {
        return LiveLog.of(file, line -> says.accept("manager | " + line), waiter);
    }

    private static boolean said(LiveLog log, LiveLog other, String words) {
        return log.lines().stream().anyMatch(line -> line.contains(words))
                || other.lines().stream().anyMatch(line -> line.contains(words));
    }

    private static OptionalLong either(LiveLog log, LiveLog other, long fault) {
        OptionalLong found = log.firstAfter(fault, line -> line.contains(LiveLog.DECIDED));
        return found.isPresent() ? found : other.firstAfter(fault, line -> line.contains(LiveLog.DECIDED));
    }

    private void awaitWatching(ProgramRun manager, LiveLog log, LiveLog errors) {
        waiter.until(waiter.in(WATCH_LIMIT), () -> said(log, errors, LiveLog.WATCHING) || !manager.running());
        if (!said(log, errors, LiveLog.WATCHING)) {
            throw new LabException("the manager "
                    + manager.exitCode()
                            .map(code -> "ended with " + code + " before it watched the source")
                            .orElse("does not watch the source after " + WATCH_LIMIT.toSeconds() + " s")
                    + "; its output is above");
        }
    }

    private Optional<Integer> end(ProgramRun manager) {
        Deadline deadline = waiter.in(FAILOVER_LIMIT);
        waiter.until(deadline, () -> !manager.running());
        Optional<Integer> exit = manager.exitCode();
        says.accept(exit.map(code -> "the manager ended with exit code " + code)
                .orElse("the manager still runs after " + FAILOVER_LIMIT.toSeconds() + " s and is ended"));
        manager.kill();
        return exit;
    }

    /** Some more writes after the failover, so that a new source that stops again is not called fine. */
    private void awaitWrites(LoadSession load) {
        waiter.until(waiter.in(SETTLE_LIMIT), () -> load.downtime().isPresent());
        pause(Duration.ofSeconds(1));
    }

    private void pause(Duration time) {
        waiter.until(waiter.in(time), () -> false);
    }

    private Summary summary(LoadSession load, WritableWatch writable, Ending end) {
        Optional<LabServer> newSource = newSource(writable);
        LoadRecord record = load.record();
        long fault = load.faultTick();
        Optional<Gap> gap = record.downtime(fault);
        return new Summary(
                new Summary.Setting(tree.spec().kind().label(), tree.spec().gtid(), end.scenario()),
                timeline(fault, gap, writable, end),
                newSource.map(Demo::name),
                gap.map(Gap::length),
                record.quietGap(fault).map(Gap::length),
                newSource.map(server -> WriteCheck.compare(record, server)),
                newSource.map(this::replicas).orElse(List.of()),
                LossClaim.in(end.lines()),
                end.exit(),
                Optional.empty());
    }

    private static List<Moment> timeline(long fault, Optional<Gap> gap, WritableWatch writable, Ending end) {
        return List.of(
                new Moment(Optional.of(Duration.ZERO), end.scenario().struck()),
                new Moment(after(fault, end.decided()), "the manager had decided and began the failover"),
                new Moment(after(fault, writable.firstTick()), "the new source was writable"),
                new Moment(
                        gap.map(each -> Duration.ofNanos(each.after().endTick() - fault)),
                        "the first write was acknowledged again"),
                new Moment(Optional.of(Duration.ofNanos(end.tick() - fault)), "the manager ended"));
    }

    private static Optional<Duration> after(long fault, OptionalLong tick) {
        return tick.isPresent() ? Optional.of(Duration.ofNanos(tick.getAsLong() - fault)) : Optional.empty();
    }

    private List<Replica> replicas(LabServer newSource) {
        List<Replica> replicas = new ArrayList<>();
        for (LabServer server : tree.replicas()) {
            if (!server.equals(newSource)) {
                waiter.until(waiter.in(SETTLE_LIMIT), () -> follows(server, newSource) && equal(server, newSource));
                replicas.add(new Replica(
                        name(server),
                        follows(server, newSource),
                        equal(server, newSource),
                        Replication.of(server)
                                .status()
                                .map(Replication.Status::toString)
                                .orElse("is no replica")));
            }
        }
        return replicas;
    }

    static boolean follows(LabServer server, LabServer source) {
        return Replication.of(server)
                .status()
                .filter(status -> status.follows(source))
                .isPresent();
    }

    static boolean equal(LabServer one, LabServer other) {
        return Equality.of(List.of(one, other)).holds();
    }

    static String name(LabServer server) {
        return server.host() + ":" + server.port();
    }
}
