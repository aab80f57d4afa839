package io.mha4j.cli;

import io.mha4j.base.Deadline;
import io.mha4j.base.ServerId;
import io.mha4j.cli.command.ConfigOptions;
import io.mha4j.cli.command.Options;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.cli.command.Version;
import io.mha4j.cli.pause.PausedException;
import io.mha4j.config.Application;
import io.mha4j.config.ServerSettings;
import io.mha4j.decision.FailoverFacts;
import io.mha4j.decision.FailoverWishes;
import io.mha4j.decision.Progress;
import io.mha4j.execution.Permit;
import io.mha4j.hooks.HookRunner;
import io.mha4j.monitor.SourcePing;
import io.mha4j.monitor.SystemEvidence;
import io.mha4j.monitor.TreeLook;
import io.mha4j.monitor.WatchLog;
import io.mha4j.monitor.Watcher;
import io.mha4j.mysql.Sweep;
import io.mha4j.remote.LocalRunner;
import io.mha4j.report.EventLog;
import io.mha4j.report.StatusFile;
import io.mha4j.topology.ManagedTree;
import io.mha4j.topology.Prior;
import io.mha4j.topology.ServerFacts;
import io.mha4j.topology.TreeDrawing;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** One life of the manager: the checks of the start, watching, and the failover when the source is dead. */
final class ManagerRun {
    private final Setup setup;
    private final Options options;
    private final StatusFile status;
    private final Permit permit;
    private final EventLog log;
    private final HookRunner hooks = new HookRunner(new LocalRunner());
    private final TreeLook look = new TreeLook(new Sweep(SystemTime.TICKS, SystemTime.CLOCK));

    ManagerRun(Setup setup, Options options, StatusFile status, Permit permit) {
        this.setup = setup;
        this.options = options;
        this.status = status;
        this.permit = permit;
        this.log = setup.log();
    }

    /** Takes up a failover that was cut off; answers the exit status if there was one. */
    OptionalInt finishEarlier() {
        FailoverRun failover = new FailoverRun(setup, options, status, hooks, permit, false);
        return failover.unfinished()
                .map(left -> {
                    requireNotPaused("a failover that was cut off waits for its end");
                    return failover.takeUp(left);
                })
                .orElse(OptionalInt.empty());
    }

    private void requireNotPaused(String what) {
        setup.pause().now().ifPresent(pause -> {
            throw new PausedException(what, pause);
        });
    }

    /** Answers the exit status. */
    int run() {
        log.info(
                "mha4j {} starts for {}, MHA's masterha_manager",
                Version.text(),
                setup.app().name());
        Begun begun = begin();
        setup.pause().now().ifPresent(pause -> log.warning("{}: watching only", pause.clause()));
        if (options.get(ManagerOptions.CHECK_ONLY)) {
            return 1;
        }
        boolean ssh = begun.untilDead();
        if (options.get(ManagerOptions.MONITOR_ONLY)) {
            log.warning("Master {} is dead; --monitor_only: no failover", begun.source());
            return 1;
        }
        return failover(begun.seen(), ssh);
    }

    /**
     * Does the checks of the start.
     *
     * @throws ChecksFailed with everything that forbids to watch
     */
    Begun begin() {
        TreeLook.Seen seen = new StartChecks(setup, options).run();
        log.info("\n{}", TreeDrawing.of(seen.tree()));
        return new Begun(seen);
    }

    /** A tree that may be watched. */
    final class Begun {
        private final TreeLook.Seen seen;

        private Begun(TreeLook.Seen seen) {
            this.seen = seen;
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
        boolean untilDead() {
            return sourceAlive() ? watch(seen.tree()) : sshNow(seen.tree());
        }
    }

    /** Watches until the source is dead; answers whether its host can be reached over SSH. */
    private boolean watch(ManagedTree tree) {
        ServerSettings source = setup.app().of(tree.source());
        Duration interval = source.watching().pingInterval();
        try (SourcePing ping = new SourcePing(source, SystemTime.TICKS);
                Hosts hosts = new Hosts()) {
            Duration wait = interval.multipliedBy(4);
            ping.begin(wait, Deadline.in(wait.plusSeconds(5), SystemTime.TICKS));
            log.info(
                    "Starting ping health check on {} every {} s, ping_type={}",
                    source.id(),
                    interval.toSeconds(),
                    source.watching().pingType());
            SystemEvidence evidence =
                    new SystemEvidence(source, setup.pause(), hooks, hosts.of(source), log, SystemTime.TICKS);
            WatchLog listener = new WatchLog(source.id(), log, status);
            return new Watcher(ping, evidence, listener, SystemTime.TICKS, SystemTime.SLEEPER).untilDead(interval);
        }
    }

    private boolean sshNow(ManagedTree tree) {
        log.warning("Master {} is not currently alive", tree.source());
        requireNotPaused("the master is dead");
        ServerSettings source = setup.app().of(tree.source());
        try (Hosts hosts = new Hosts()) {
            return new SystemEvidence(source, setup.pause(), hooks, hosts.of(source), log, SystemTime.TICKS)
                    .sshReachable();
        }
    }

    /** Reads the configuration again: what the operator changed while we watched counts. */
    private int failover(TreeLook.Seen before, boolean ssh) {
        log.info("Connecting to a master server failed. Reading configuration files again, and looking at all servers");
        Application app = ConfigOptions.load(options).application();
        Prior prior = Prior.NOTHING
                .withSeen(before.snapshot())
                .withDeadSource(before.tree().source());
        TreeLook.Seen now = look.at(app, prior);
        Optional<ServerFacts> lastSource = before.snapshot().facts(before.tree().source());
        FailoverWishes wishes = ManagerOptions.wishes(options);
        FailoverFacts facts = new FailoverFacts(app, now.tree(), lastSource, ssh, wishes, Progress.NONE);
        requireNotPaused("the master is dead");
        return new FailoverRun(setup, options, status, hooks, permit, false).run(facts);
    }
}
