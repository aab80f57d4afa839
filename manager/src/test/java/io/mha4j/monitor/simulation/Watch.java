package io.mha4j.monitor.simulation;

import io.mha4j.base.Deadline;
import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.config.ServerSettings;
import io.mha4j.config.ServerSettings.SshManner;
import io.mha4j.decision.HealthState;
import io.mha4j.decision.HealthState.Check;
import io.mha4j.hooks.HookRunner;
import io.mha4j.monitor.DeathListener;
import io.mha4j.monitor.DeathProof;
import io.mha4j.monitor.Evidence;
import io.mha4j.monitor.SourceHost;
import io.mha4j.monitor.SourceProbe;
import io.mha4j.monitor.SystemEvidence;
import io.mha4j.monitor.WatchListener;
import io.mha4j.monitor.Watcher;
import io.mha4j.monitor.death.Coroner;
import io.mha4j.monitor.received.ReceiversToo;
import io.mha4j.monitor.received.Reception;
import io.mha4j.monitor.simulation.Disturbance.Kind;
import io.mha4j.monitor.ssh.Pairs;
import io.mha4j.remote.CommandRunner.Result;
import io.mha4j.remote.LocalRunner;
import io.mha4j.report.EventLog;
import io.mha4j.report.Level;
import io.mha4j.report.PauseFile;
import io.mha4j.report.StateFiles;
import io.mha4j.report.json.JsonForm;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** One manager that watches one simulated source until it calls it dead or the world is over. */
final class Watch {
    private final Course course;
    private final Handling handling;
    private final SimulatedTime time = new SimulatedTime();
    private final Traffic traffic = new Traffic();
    private final SimulatedSource source;
    private final SimulatedHost host;
    private final StateFiles files;
    private final PauseFile pause;
    private final SystemEvidence system;
    private boolean ordered;
    private boolean proved;

    /** How long the first packet of a connection is waited for. */
    private static final long KNOCK = 1_000_000_000L;

    /** The world is over. */
    private static final class Over extends RuntimeException {
        private static final long serialVersionUID = 1;

        Over() {
            super(null, null, false, false);
        }
    }

    /**
     * What came of it.
     *
     * @param decided   when the source was called dead
     * @param proved    whether without counting
     * @param ssh       whether its host was said to be reached
     * @param underWay  how much was still going on then
     * @param connections that were open before the probe was closed
     */
    record Outcome(OptionalLong decided, boolean proved, boolean ssh, int underWay, int connections, Traffic traffic) {}

    private Watch(Course course, Handling handling, Path workdir) {
        this.course = course;
        this.handling = handling;
        this.source = new SimulatedSource(course);
        this.host = new SimulatedHost("source", time, traffic, this::overSsh);
        this.files = new StateFiles(workdir, "app1");
        this.pause = new PauseFile(files, this::wallClock);
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        EventLog log = EventLog.toStream(nowhere, Level.ERROR, this::wallClock, ZoneOffset.UTC);
        ServerSettings settings = Pairs.server(1, SshManner.PLAIN);
        SourceHost ways = new SourceHost(host, this::comesBack);
        this.system = new SystemEvidence(settings, pause, new HookRunner(new LocalRunner()), ways, log, time);
    }

    /** Watches; {@code workdir} is where an order not to act is kept. */
    static Outcome of(Course course, Handling handling, Path workdir) {
        return new Watch(course, handling, workdir).run();
    }

    private Outcome run() {
        SimulatedProbe probe =
                new SimulatedProbe(source, time, traffic, course.manner().pingType());
        SimulatedRoutes routes = new SimulatedRoutes(system, course.manner().routes(), source, time, traffic);
        SimulatedScene scene = new SimulatedScene(
                course.manner().keeping(),
                source,
                time,
                new SimulatedScene.Ways(
                        probe, host, system, routes, course.manner().routes().exist()));
        Listener listener = new Listener();
        Watcher watcher = new Watcher(
                new Ending(handling.probe(probe)),
                handling.evidence(new ReceiversToo(handling.routes(routes), this::received, time)),
                course.manner().certainDeath()
                        ? new Coroner(handling.scene(scene), listener, time, time)
                        : DeathProof.NONE,
                listener,
                new Watcher.Rest(time, handling.sleeper(time)));
        try {
            boolean ssh = watcher.untilDead(course.manner().pingInterval());
            return outcome(OptionalLong.of(time.nanos()), ssh);
        } catch (Over e) {
            return outcome(OptionalLong.empty(), false);
        } finally {
            probe.close();
            pause.end();
        }
    }

    private Outcome outcome(OptionalLong decided, boolean ssh) {
        return new Outcome(decided, proved, ssh, time.underWay(), traffic.openConnections(), traffic);
    }

    private Instant wallClock() {
        return Instant.EPOCH.plusNanos(time.nanos()).plusNanos(source.clockIsOff(time.nanos()));
    }

    private boolean comesBack() {
        if (source.portRefuses(time.nanos()).isPresent()) {
            return true;
        }
        time.pass(KNOCK);
        return false;
    }

    private Result overSsh(Deadline deadline) {
        if (source.sshIsGone(time.nanos())) {
            throw SimulatedHost.silence(time, deadline);
        }
        SimulatedHost.take(source.sshTakes(time.nanos()), time, deadline);
        return new Result(0, "", "");
    }

    /** What the only replica tells. */
    private Reception received() {
        time.pass(4 * SimulatedSource.WAY);
        BinlogPosition place = new BinlogPosition("bin.000001", 4 + 100 * source.received(time.nanos()));
        return new Reception(Map.of(new ServerId(2, "server2", "db2", "10.0.0.2", 3306), place));
    }

    /** Orders not to act where the course wants it, for as long as it wants; else takes the order back. */
    private void order() {
        Optional<Disturbance> paused = source.at(time.nanos()).filter(d -> d.is(Kind.FROZEN_WHILE_PAUSED));
        if (paused.isPresent() == ordered) {
            return;
        }
        ordered = paused.isPresent();
        if (!ordered) {
            pause.end();
            return;
        }
        try {
            Instant until = wallClock().plusNanos(paused.get().to() - time.nanos());
            PauseFile.Pause order = new PauseFile.Pause(wallClock(), Optional.of(until), "new disks");
            // As the product writes it, without the wait for a disk.
            Files.writeString(files.paused(), new JsonForm().line(order) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the watching with the world, and lets the operator act between the checks. */
    private final class Ending implements SourceProbe {
        private final SourceProbe probe;

        Ending(SourceProbe probe) {
            this.probe = probe;
        }

        @Override
        public Check check(Duration limit) {
            if (time.nanos() > course.end()) {
                throw new Over();
            }
            Check check = probe.check(limit);
            order();
            return check;
        }

        @Override
        public boolean awaitNews(Deadline deadline) {
            return probe.awaitNews(deadline);
        }

        @Override
        public void close() {
            probe.close();
        }
    }

    private final class Listener implements WatchListener, DeathListener {
        @Override
        public void answered(boolean first) {}

        @Override
        public void failed(HealthState now, String why) {}

        @Override
        public void refused(HealthState now, String why) {}

        @Override
        public void vetoed(Evidence.Veto veto) {}

        @Override
        public void dead(HealthState now, boolean sshReachable) {}

        @Override
        public void known(String who) {}

        @Override
        public void unknown(String why) {}

        @Override
        public void certain(List<String> evidence) {
            proved = true;
        }

        @Override
        public void uncertain(List<String> against) {}
    }
}
