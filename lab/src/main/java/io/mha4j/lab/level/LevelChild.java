package io.mha4j.lab.level;

import io.mha4j.archive.Archive;
import io.mha4j.base.ServerId;
import io.mha4j.cli.command.ConfigOptions;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.config.Application;
import io.mha4j.config.ServerSettings;
import io.mha4j.decision.FailoverFacts;
import io.mha4j.decision.FailoverWishes;
import io.mha4j.decision.Progress;
import io.mha4j.decision.Step;
import io.mha4j.decision.StepResult;
import io.mha4j.execution.HookSteps;
import io.mha4j.execution.LevelSteps;
import io.mha4j.execution.RescueSteps;
import io.mha4j.execution.ServerSteps;
import io.mha4j.execution.Sessions;
import io.mha4j.execution.fence.FenceSteps;
import io.mha4j.execution.fence.SourceLook;
import io.mha4j.feed.Feed;
import io.mha4j.hooks.HookRunner;
import io.mha4j.hooks.Movers;
import io.mha4j.monitor.TreeLook;
import io.mha4j.remote.Host;
import io.mha4j.remote.LocalRunner;
import io.mha4j.remote.ssh.SshSessions;
import io.mha4j.report.EventLog;
import io.mha4j.report.Level;
import io.mha4j.settings.ConfigFiles;
import io.mha4j.topology.ManagedTree;
import io.mha4j.topology.Prior;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/**
 * A process that levels one replica as a failover does, so that it can be killed: looks at the tree, stops the receiver, lets
 * the relay log be executed, gives what an archive holds.
 */
public final class LevelChild {
    static final String BEGINS = "levelling begins";
    static final String BROKE = "connections broken: ";
    static final String LEVEL = "level: ";

    private final FailoverFacts facts;
    private final EventLog log;

    private LevelChild(FailoverFacts facts, EventLog log) {
        this.facts = facts;
        this.log = log;
    }

    /** Arguments: configuration file, description of the archive, section of the replica, connections that break. */
    public static void main(String[] args) {
        EventLog log = EventLog.toStream(System.out, Level.DEBUG, SystemTime.CLOCK, SystemTime.zone());
        Application app = ConfigOptions.load(new ConfigFiles(args[0], "/nowhere/masterha_default.cnf"))
                .application();
        ServerId source = app.servers().get(0).id();
        ManagedTree tree = new TreeLook(SystemTime.TICKS, SystemTime.CLOCK)
                .at(app, Prior.NOTHING.withDeadSource(source))
                .tree();
        FailoverFacts facts = new FailoverFacts(
                app, tree, Optional.empty(), Optional.empty(), true, FailoverWishes.DEFAULT, Progress.NONE);
        ServerSettings replica = app.servers().stream()
                .filter(s -> s.id().section().equals(args[2]))
                .findFirst()
                .orElseThrow();
        new LevelChild(facts, log).level(replica.id(), Archive.read(Path.of(args[1])), Integer.parseInt(args[3]));
    }

    private void level(ServerId replica, Archive archive, int breaks) {
        try (SshSessions ssh = SshSessions.ofThisAccount();
                Sessions sessions = new Sessions(facts.app(), log)) {
            Random luck = new Random();
            ServerSteps steps = steps(sessions, server -> {
                Host host = ssh.host(server.ssh());
                return breaks == 0 ? host : new BreakingHost(host, luck, breaks);
            });
            steps.startApplier(new Step.StartApplier(replica));
            steps.stopReceiver(new Step.StopReceiver(replica));
            steps.applyRelayLog(new Step.ApplyRelayLog(replica));
            System.out.println(BEGINS);
            long begin = SystemTime.TICKS.nanos();
            StepResult.Levelled result = (StepResult.Levelled)
                    steps.level(new Step.Level(replica, archive.description().toString(), archive.end()));
            long millis = (SystemTime.TICKS.nanos() - begin) / 1_000_000;
            System.out.println(LEVEL + result.way() + ", " + millis + " ms");
        }
    }

    private ServerSteps steps(Sessions sessions, Function<ServerSettings, Host> hosts) {
        HookSteps hooks =
                new HookSteps(facts, new Movers(new HookRunner(new LocalRunner()), hosts), log, SystemTime.TICKS);
        RescueSteps.Time time =
                new RescueSteps.Time(SystemTime.TICKS, SystemTime.SLEEPER, SystemTime.CLOCK, SystemTime.zone());
        Feed.Time feedTime = new Feed.Time(SystemTime.TICKS, SystemTime.CLOCK);
        ServerSteps.Helpers helpers = new ServerSteps.Helpers(
                hooks,
                new FenceSteps(facts, hosts, log, SystemTime.TICKS, SystemTime.SLEEPER),
                new RescueSteps(facts, sessions, hosts, log, time),
                new LevelSteps(facts, sessions, hosts, log, feedTime, SystemTime.SLEEPER),
                new SourceLook(limit -> false, Duration.ZERO, SystemTime.TICKS),
                log);
        return new ServerSteps(facts, sessions, helpers, SystemTime.TICKS, SystemTime.SLEEPER);
    }
}
