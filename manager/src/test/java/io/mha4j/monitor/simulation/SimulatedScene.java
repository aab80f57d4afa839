package io.mha4j.monitor.simulation;

import static io.mha4j.monitor.simulation.Course.SECOND;

import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import io.mha4j.decision.death.Ending;
import io.mha4j.decision.death.Ending.ProcessFile;
import io.mha4j.decision.death.Fate;
import io.mha4j.decision.death.Findings;
import io.mha4j.decision.death.Keeper;
import io.mha4j.decision.death.Proof;
import io.mha4j.decision.death.Question;
import io.mha4j.decision.death.UnitState;
import io.mha4j.monitor.Evidence;
import io.mha4j.monitor.Slot;
import io.mha4j.monitor.SystemEvidence;
import io.mha4j.monitor.death.Instance;
import io.mha4j.monitor.death.Scene;
import io.mha4j.monitor.simulation.Course.Keeping;
import io.mha4j.remote.Host;
import io.mha4j.topology.details.ServerFiles;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What is found on the host of the simulated source, over its SSH, and at its port. */
final class SimulatedScene implements Scene {
    private static final Duration SSH_LIMIT = Duration.ofSeconds(5);

    private final Keeping keeping;
    private final SimulatedSource source;
    private final SimulatedTime time;
    private final Ways ways;

    /** How the scene is reached. */
    record Ways(SimulatedProbe probe, Host host, SystemEvidence system, SimulatedRoutes routes, boolean haveRoutes) {}

    SimulatedScene(Keeping keeping, SimulatedSource source, SimulatedTime time, Ways ways) {
        this.keeping = keeping;
        this.source = source;
        this.time = time;
        this.ways = ways;
    }

    @Override
    public OptionalLong connection() {
        return ways.probe().connection();
    }

    @Override
    public Optional<ServerFiles> files() {
        return Optional.of(new ServerFiles("/data", "/data/db.pid", Optional.empty()));
    }

    @Override
    public Seen see(ServerFiles files) {
        try {
            ways.host().run(List.of("who"), Deadline.in(SSH_LIMIT, time));
        } catch (CommandException e) {
            return new Seen.NotFound(e.getMessage());
        }
        long process = source.process(time.nanos());
        return source.processExists(time.nanos())
                ? new Seen.Found(new Instance(process, process, "mysqld", files, 0, keeper()))
                : new Seen.NotFound("there is no process " + process);
    }

    private Keeper keeper() {
        return switch (keeping) {
            case NOBODY -> new Keeper(new Keeper.Parent(1, "tini"), "tini", false, Optional.empty());
            case MYSQLD_SAFE -> new Keeper(new Keeper.Parent(50, "mysqld_safe"), "tini", false, Optional.empty());
            case UNIT ->
                new Keeper(
                        new Keeper.Parent(1, "systemd"), "systemd", false, Optional.of("/system.slice/mysql.service"));
        };
    }

    @Override
    public Findings look(Instance instance, Deadline deadline) {
        Slot<Findings> remains = Slot.start("remains", time, () -> remains(instance));
        Proof paused = ways.system()
                .paused()
                .<Proof>map(Proof.Refuted::new)
                .orElseGet(() -> new Proof.Shown("the manager is not paused"));
        Proof port = port(deadline);
        return Findings.NONE
                .with(Question.NOT_PAUSED, paused)
                .with(Question.PORT_REFUSES, port)
                .and(remains.await(deadline, SimulatedScene::unknown));
    }

    private Proof port(Deadline deadline) {
        Optional<Boolean> refuses = source.portRefuses(time.nanos());
        if (refuses.isEmpty()) {
            time.passUntil(deadline.atMost(Duration.ofNanos(SECOND)).endTick());
            return new Proof.Unknown("the port cannot be reached");
        }
        time.pass(SimulatedSource.WAY);
        return refuses.get() ? new Proof.Shown("the port refuses") : new Proof.Refuted("the port accepts");
    }

    private Findings remains(Instance instance) {
        try {
            ways.host().run(List.of("look"), Deadline.in(SSH_LIMIT, time));
        } catch (CommandException e) {
            return unknown();
        }
        long now = time.nanos();
        boolean same = source.process(now) == instance.pid();
        Fate fate = same && source.processExists(now) ? Fate.ALIVE : Fate.GONE;
        ProcessFile left = source.wasStopped(now) && !source.processExists(now)
                ? ProcessFile.REMOVED
                : same ? ProcessFile.LEFT : ProcessFile.ANOTHER;
        Optional<UnitState> unit = keeping == Keeping.UNIT
                ? Optional.of(new UnitState(Map.of("Restart", "on-failure", "ActiveState", "active", "Job", "")))
                : Optional.empty();
        Optional<String> successor = source.isBeingStarted(now) ? Optional.of("mysqld, process 999") : Optional.empty();
        return Findings.NONE
                .with(Question.PROCESS_GONE, fate.gone(instance.pid()))
                .with(Question.NOT_STOPPED, new Ending(left, OptionalInt.empty()).notStopped())
                .with(Question.NOT_RESTARTED, instance.keeper().notRestarted(unit, successor));
    }

    private static Findings unknown() {
        Proof proof = new Proof.Unknown("its host does not answer");
        return Findings.NONE
                .with(Question.PROCESS_GONE, proof)
                .with(Question.NOT_STOPPED, proof)
                .with(Question.NOT_RESTARTED, proof);
    }

    @Override
    public boolean hasRoutes() {
        return ways.haveRoutes();
    }

    @Override
    public Proof notReached() {
        Evidence.Veto veto = ways.routes().vote();
        return veto.raised() ? new Proof.Refuted(veto.why()) : new Proof.Shown(veto.why());
    }
}
