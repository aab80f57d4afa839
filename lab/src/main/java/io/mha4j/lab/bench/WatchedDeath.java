package io.mha4j.lab.bench;

import io.mha4j.lab.base.LabException;
import io.mha4j.lab.base.Waiter;
import io.mha4j.lab.check.WriteCheck;
import io.mha4j.lab.check.WriteComparison;
import io.mha4j.lab.fault.Misfortune;
import io.mha4j.lab.fault.Scenario;
import io.mha4j.lab.load.Clocks;
import io.mha4j.lab.server.LabServer;
import io.mha4j.lab.stage.LiveLog;
import io.mha4j.lab.stage.LoadSession;
import io.mha4j.lab.stage.ProgramRun;
import io.mha4j.lab.stage.WritableWatch;
import io.mha4j.lab.tree.Tree;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A source under load that something befalls while the manager watches it, up to the manager's end. Seconds; all but the
 * first are counted from the fault.
 *
 * @param ready    from the manager's start until it watches
 * @param decided  until the failover began
 * @param begun    until its first step
 * @param writable until the new source took writes
 * @param client   for how long clients could not write
 * @param moves    what moves the address, both calls
 * @param work     from the first step to writable, without that
 * @param ended    until the manager's end
 * @param writes   what clients wrote, against what the new source has
 */
record WatchedDeath(
        double ready,
        double decided,
        double begun,
        double writable,
        double client,
        double moves,
        double work,
        double ended,
        WriteComparison writes) {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** The load's steady state before the fault. */
    private static final Duration QUIET = Duration.ofSeconds(2);

    /** Lets {@code scenario} befall a fresh tree in {@code work}. */
    static WatchedDeath of(Scenario scenario, Ground.Plan plan, Path work) {
        try (Ground ground = plan.lay(work);
                LoadSession load = new LoadSession(ground.address(), work.resolve("writes.txt"), Clocks.real())) {
            load.start(ground.tree().source(), Ground.WRITERS, Ground.PACE);
            return watched(scenario, plan, ground, load);
        }
    }

    private static WatchedDeath watched(Scenario scenario, Ground.Plan plan, Ground ground, LoadSession load) {
        Waiter waiter = Waiter.real();
        Tree tree = ground.tree();
        Path state = ground.work().resolve("app1");
        List<String> argv =
                List.of(plan.layout().bin().resolve("masterha_manager").toString(), "--conf=" + ground.conf());
        waiter.until(waiter.in(QUIET), () -> false);
        long started = waiter.ticks().nanos();
        try (ProgramRun manager = ProgramRun.start(
                        argv, ground.work(), Map.of(), ground.work().resolve("manager.out"));
                LiveLog log = LiveLog.of(state.resolve("manager.log"), line -> {}, waiter);
                WritableWatch writable = WritableWatch.of(tree.replicas(), waiter)) {
            waiter.until(waiter.in(LIMIT), () -> !manager.running() || said(log, started, LiveLog.WATCHING));
            double ready = seconds(started, log.firstAfter(started, line -> line.contains(LiveLog.WATCHING)));
            waiter.until(waiter.in(QUIET), () -> false);
            new Misfortune(tree, waiter, line -> {}).befall(scenario, load);
            // The mark's clock knows no date.
            Instant struck = Instant.now().minusNanos(waiter.ticks().nanos() - load.faultTick());
            waiter.until(waiter.in(LIMIT), () -> !manager.running());
            long end = waiter.ticks().nanos();
            waiter.until(waiter.in(LIMIT), () -> load.downtime().isPresent());
            if (!manager.exitCode().equals(Optional.of(0))
                    || writable.writable().size() != 1) {
                throw new LabException("the failover ended with %s: %s%n%s"
                        .formatted(manager.exitCode(), manager.output(), String.join("\n", log.lines())));
            }
            load.close();
            LabServer source = writable.writable().get(0);
            IncidentTimes times = IncidentTimes.in(state);
            return new WatchedDeath(
                    ready,
                    seconds(load.faultTick(), log.firstAfter(load.faultTick(), l -> l.contains(LiveLog.DECIDED))),
                    Duration.between(struck, times.begun()).toNanos() / 1e9,
                    seconds(load.faultTick(), writable.firstTick()),
                    load.downtime().map(d -> d.toNanos() / 1e9).orElse(Double.NaN),
                    times.moves().toNanos() / 1e9,
                    times.work().toNanos() / 1e9,
                    (end - load.faultTick()) / 1e9,
                    WriteCheck.compare(load.record(), source));
        }
    }

    private static boolean said(LiveLog log, long since, String words) {
        return log.firstAfter(since, line -> line.contains(words)).isPresent();
    }

    private static double seconds(long from, OptionalLong until) {
        return until.isPresent() ? (until.getAsLong() - from) / 1e9 : Double.NaN;
    }
}
