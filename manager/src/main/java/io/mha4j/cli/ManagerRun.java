package io.mha4j.cli;

import io.mha4j.base.InterruptedWork;
import io.mha4j.base.MhaException;
import io.mha4j.base.ServerId;
import io.mha4j.cli.admission.RefusalAlarm;
import io.mha4j.cli.command.ConfigOptions;
import io.mha4j.cli.command.Options;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.cli.command.Version;
import io.mha4j.cli.journal.UnfinishedRun;
import io.mha4j.cli.outlook.OutlookRun;
import io.mha4j.cli.outlook.Vigil;
import io.mha4j.cli.pause.PausedException;
import io.mha4j.cli.rejoin.Homecoming;
import io.mha4j.cli.watch.AsideAlarm;
import io.mha4j.cli.watch.FreshConfig;
import io.mha4j.cli.watch.GuardDuty;
import io.mha4j.cli.watch.LastLook;
import io.mha4j.cli.watch.Lookout;
import io.mha4j.cli.watch.NextStart;
import io.mha4j.cli.watch.OldMasters;
import io.mha4j.cli.watch.Reload;
import io.mha4j.cli.watch.ReturnAlarm;
import io.mha4j.cli.watch.SourceWatch;
import io.mha4j.config.Application;
import io.mha4j.config.ServerSettings;
import io.mha4j.decision.FailoverFacts;
import io.mha4j.decision.Progress;
import io.mha4j.execution.resume.FailoverJournal;
import io.mha4j.hooks.HookRunner;
import io.mha4j.monitor.DeadAtStart;
import io.mha4j.monitor.TreeLook;
import io.mha4j.remote.LocalRunner;
import io.mha4j.report.EventLog;
import io.mha4j.report.Status;
import io.mha4j.report.StatusFile;
import io.mha4j.topology.ManagedTree;
import io.mha4j.topology.Prior;
import io.mha4j.topology.TreeDrawing;
import io.mha4j.topology.details.SourceStatus;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * One life of the manager: the checks of the start, watching, and the failover when the source is dead; with {@code
 * keep_running=1} that again and again.
 */
final class ManagerRun {
    private final Options options;
    private final StatusFile status;
    private final Holding permit;
    private final EventLog log;
    private final HookRunner hooks = new HookRunner(new LocalRunner());
    private final TreeLook look = new TreeLook(SystemTime.TICKS, SystemTime.CLOCK);
    private final Reload reload;
    private final Vigil vigil;
    private final OldMasters oldMasters;
    private final GuardDuty guard;
    private volatile Setup setup;

    /** @param reload orders that may have come already are followed when the watching begins */
    ManagerRun(Setup setup, Options options, StatusFile status, Holding permit, Reload reload) {
        this.setup = setup;
        this.reload = reload;
        this.options = options;
        this.status = status;
        this.permit = permit;
        this.log = setup.log();
        this.vigil = new Vigil(setup.files(), log);
        this.guard = new GuardDuty(setup.files(), log);
        this.oldMasters = new OldMasters(
                this::requireMayAct,
                this::home,
                setup.files(),
                log,
                new AsideAlarm(new ReturnAlarm(() -> this.setup.app(), log), log));
    }

    /** Takes up a failover that was cut off; answers the exit status if there was one. */
    OptionalInt finishEarlier() {
        try (Hosts hosts = new Hosts(log)) {
            FailoverRun failover = new FailoverRun(setup, options, status, hooks, hosts, permit, false);
            return failover.unfinished(this::requireMayTakeUp)
                    .map(left -> takenUp(failover, left, hosts))
                    .orElse(OptionalInt.empty());
        }
    }

    private void requireMayTakeUp() {
        if (options.get(ManagerOptions.MONITOR_ONLY)) {
            UnfinishedRun.refuse(setup.files(), "--monitor_only");
        }
        PausedException.throwIfPaused(setup.pause(), "a failover that was cut off waits for its end");
    }

    /** Exit statuses are not negative. */
    private OptionalInt takenUp(FailoverRun failover, FailoverJournal.CutRun left, Hosts hosts) {
        hosts.connectAhead(setup.app());
        int exit = permit.undisturbed(() -> failover.takeUp(left).orElse(-1));
        concluded(failover, left.facts().tree().source());
        return exit < 0 ? OptionalInt.empty() : OptionalInt.of(exit);
    }

    private void requireMayAct() {
        permit.requireHeld();
        PausedException.throwIfPaused(setup.pause(), "an old master takes writes");
    }

    /** By the configuration as it is now, and with those that are left out of it. */
    private Homecoming.End home(OldMasters.Aim aim, ServerId old, List<ServerSettings> leftOut) {
        Application all = setup.app().withAlso(leftOut);
        Homecoming homecoming = new Homecoming(all, setup.files(), log, this::requireMayAct, old);
        return aim == OldMasters.Aim.HOME ? homecoming.bring(false) : homecoming.compareUnasked();
    }

    /** Answers the exit status. */
    int run() {
        log.info(
                "mha4j {} starts for {}, MHA's masterha_manager",
                Version.text(),
                setup.app().name());
        Begun begun = begin(true);
        setup.pause().now().ifPresent(pause -> log.warning("{}: watching only", pause.clause()));
        if (options.get(ManagerOptions.CHECK_ONLY)) {
            return 1;
        }
        if (begun.sourceAlive()) {
            RefusalAlarm.forget(setup.files(), log);
        }
        return watching(begun);
    }

    private int watching(Begun first) {
        Ended ended = watchAndFailOver(first);
        while (ended.exit() != 1 && setup.app().keepRunning() && !permit.isToldToEnd()) {
            Optional<Ended> next = next(ended);
            if (next.isEmpty()) {
                break;
            }
            ended = next.get();
        }
        return ended.exit();
    }

    /** Empty if what the failover left cannot be watched. */
    private Optional<Ended> next(Ended before) {
        log.info("keep_running=1: the new master is watched; the old one is left out until it follows");
        oldMasters.add(setup.app().of(before.dead()));
        status.show(Status.INITIALIZING_MONITOR, Optional.empty(), log);
        try {
            while (true) {
                Begun begun = again(before);
                try {
                    return Optional.of(watchAndFailOver(begun));
                } catch (DeadAtStart.Alive e) {
                    log.warning("{} is alive after all; all servers are looked at again", begun.source());
                }
            }
        } catch (NextStart.NotBegun | PausedException e) {
            log.error("The new tree cannot be watched: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** Answers {@code exit}; before that it guards. */
    int guarded(int exit) {
        if (!permit.isToldToEnd()) {
            guard.stand(oldMasters::hasComeHome, () -> permit.endsWith(exit), () -> permit.retire(status));
        }
        return exit;
    }

    /** A source that died, the exit status of what was done about it, whether that is complete, and who was opened in its place. */
    private record Ended(ServerId dead, int exit, boolean complete, Optional<ServerSettings> master) {}

    /** What is connected for the watching serves the failover too. */
    private Ended watchAndFailOver(Begun begun) {
        try (Hosts hosts = new Hosts(log)) {
            Death death = watched(begun, hosts);
            Optional<Ended> ended = actedOn(death, hosts);
            while (ended.isEmpty()) {
                death = watched(death.tree().goingOn(), hosts);
                ended = actedOn(death, hosts);
            }
            return ended.get();
        }
    }

    /** Empty if nobody may act, as turned out at the last moment. */
    private Optional<Ended> actedOn(Death death, Hosts hosts) {
        ServerId dead = death.tree().source();
        if (options.get(ManagerOptions.MONITOR_ONLY)) {
            log.warning("Master {} is dead; --monitor_only: no failover", dead);
            return Optional.of(new Ended(dead, 1, false, Optional.empty()));
        }
        log.info("Connecting to a master server failed. Reading configuration files again, and looking at all servers");
        Setup before = setup;
        setup = setup.with(FreshConfig.of(() -> configuration(oldMasters::without), setup.app(), dead, log));
        ServerId now = now(dead);
        FailoverRun failover = new FailoverRun(setup, options, status, hooks, hosts, permit, false);
        try {
            FailoverFacts facts = facts(death, hosts, failover);
            int exit = permit.undisturbed(() -> failover.run(facts));
            concluded(failover, now);
            return Optional.of(
                    new Ended(now, exit, failover.complete(), failover.summary().map(end -> setup.app()
                            .of(end.newSource()))));
        } catch (PausedException | LastLook.Alive e) {
            if (permit.isToldToEnd()) {
                throw e;
            }
            String next = death.tree().sourceAlive() ? "watching goes on" : "it is counted anew, as at the start";
            log.warning("{}; {}", e.getMessage(), next);
            setup = before;
            return Optional.empty();
        }
    }

    /** A source that died: the tree as it was seen last, whether SSH reaches its host, the last look at the source, and what it said last. */
    private record Death(Begun tree, boolean ssh, LastLook last, Optional<SourceStatus> status) {}

    private Death watched(Begun begun, Hosts hosts) {
        try {
            return death(begun, hosts);
        } finally {
            watchesNoMore();
        }
    }

    /** What was wrong while the source lived is past. */
    void watchesNoMore() {
        vigil.end();
    }

    private Death death(Begun begun, Hosts hosts) {
        Begun tree = begun;
        while (true) {
            Begun watched = tree;
            Application app = setup.app();
            try (Lookout lookout = Lookout.on(oldMasters, reload, app, watched.source(), log);
                    Vigil.Kept kept = keep(watched, hosts)) {
                Optional<Boolean> ssh = reload.interruptible(() -> watched.untilDead(hosts));
                if (ssh.isPresent()) {
                    LastLook last = LastLook.at(app.of(watched.source()), vigil.lostConnections());
                    return new Death(watched, ssh.get(), last, vigil.lastStatus(app.of(watched.source())));
                }
            }
            tree = reloaded(watched);
        }
    }

    /** Looks and tells beside the watching. */
    Vigil.Kept keep(Begun watched, Hosts hosts) {
        Application app = setup.app();
        OutlookRun run = OutlookRun.beside(app, setup.files(), ManagerOptions.asked(options));
        return vigil.keep(app, app.of(watched.source()), run, () -> {
            hosts.keepAhead(app, watched.seen().tree(), vigil.loss());
            vigil.config().look(app, watched.source(), this::configObjection);
        });
    }

    /** What is wrong with a new configuration ends no watching. */
    Begun reloaded(Begun watched) {
        log.info("Reading configuration files again, and looking at all servers");
        Setup before = setup;
        try {
            Begun fresh = beginAnew();
            if (fresh.sourceAlive()) {
                return fresh.source().equals(watched.source()) ? fresh.goingOn() : fresh;
            }
            log.error("{} does not answer at this moment; watching goes on as before", fresh.source());
        } catch (InterruptedWork e) {
            throw e;
        } catch (MhaException e) {
            log.error("{}", e.getMessage());
            log.error("The configuration was NOT taken over; watching goes on as before");
        }
        setup = before;
        return watched.goingOn();
    }

    private Optional<String> configObjection(Application used, ServerId source) {
        return FreshConfig.objection(() -> configuration(oldMasters::without), used, source);
    }

    private Application configuration(UnaryOperator<Application> chosen) {
        return chosen.apply(ConfigOptions.load(options).application());
    }

    /** Begins once more; old masters are looked out for meanwhile. */
    private Begun again(Ended before) {
        ServerSettings master = before.master().orElseThrow();
        try (Lookout lookout = Lookout.on(oldMasters, reload, setup.app(), master, log)) {
            return new NextStart(log, SystemTime.TICKS, SystemTime.SLEEPER)
                    .of(this::beginAnew, before.complete(), master.watching().pingInterval())
                    .goingOn();
        }
    }

    private Begun beginAnew() {
        setup = setup.with(configuration(oldMasters::welcoming));
        return begin(false);
    }

    /**
     * Does the checks of the start.
     *
     * @param askHosts whether there is time to ask hosts: nobody pings meanwhile
     * @throws StartChecks.Failed with everything that forbids to watch
     */
    Begun begin(boolean askHosts) {
        TreeLook.Seen seen = new StartChecks(setup, options).run(askHosts);
        log.info("\n{}", TreeDrawing.of(seen.tree()));
        return new Begun(seen, false);
    }

    /** A tree that may be watched. */
    final class Begun {
        private final TreeLook.Seen seen;
        private final boolean watchedBefore;

        private Begun(TreeLook.Seen seen, boolean watchedBefore) {
            this.seen = seen;
            this.watchedBefore = watchedBefore;
        }

        /** The same for a manager that has watched its source until now. */
        Begun goingOn() {
            return new Begun(seen, true);
        }

        TreeLook.Seen seen() {
            return seen;
        }

        ServerId source() {
            return seen.tree().source();
        }

        boolean sourceAlive() {
            return seen.tree().sourceAlive();
        }

        /** Comes back when the source is dead, with whether its host can be reached over SSH. */
        boolean untilDead(Hosts hosts) {
            if (sourceAlive()) {
                return watchOf(seen.tree(), hosts).untilDead(watchedBefore);
            }
            if (!watchedBefore) {
                PausedException.throwIfPaused(setup.pause(), "the master is dead");
            }
            // One look that it did not answer is no death.
            log.warning("Master {} is not currently alive", source());
            return watchOf(seen.tree(), hosts).countedAtStart();
        }
    }

    private SourceWatch watchOf(ManagedTree tree, Hosts hosts) {
        SourceWatch.Place place = new SourceWatch.Place(
                setup.app(), setup.pause(), log, status, vigil.troubles(), vigil.lostConnections());
        return new SourceWatch(place, tree, hosts.of(setup.app().of(tree.source())));
    }

    /** What a server that was watched is called in the present configuration. */
    private ServerId now(ServerId watched) {
        return setup.app().calledAs(watched).map(ServerSettings::id).orElse(watched);
    }

    private FailoverFacts facts(Death death, Hosts hosts, FailoverRun failover) {
        TreeLook.Seen before = death.tree().seen();
        ServerId dead = death.tree().source();
        hosts.connectAhead(setup.app());
        Prior prior = Prior.NOTHING
                .withNames(before.names())
                .withSeen(before.snapshot(), this::now)
                .withDeadSource(now(dead));
        ManagedTree now = failover.seen(dead, () -> look.forFailover(setup.app(), prior), death.last()::throwIfAlive)
                .tree();
        PausedException.throwIfPaused(setup.pause(), "the master is dead");
        return new FailoverFacts(
                setup.app(),
                now,
                before.snapshot().facts(dead),
                death.status(),
                death.ssh(),
                ManagerOptions.wishes(options),
                Progress.NONE);
    }

    /** A guard begins at once, whatever people are given time to see. */
    private void concluded(FailoverRun failover, ServerId dead) {
        if (!guard.beginsAfter(failover.summary(), setup.app(), dead, failover.owedWait())) {
            failover.waitAfterFailure();
        }
    }
}
