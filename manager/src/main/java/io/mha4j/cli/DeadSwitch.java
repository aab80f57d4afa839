package io.mha4j.cli;

import io.mha4j.base.MhaException;
import io.mha4j.base.ServerId;
import io.mha4j.cli.admission.Admission;
import io.mha4j.cli.byhand.FailoverQuestions;
import io.mha4j.cli.byhand.Obstacles;
import io.mha4j.cli.command.Options;
import io.mha4j.cli.command.Questions;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.cli.command.Terminal;
import io.mha4j.cli.command.UsageException;
import io.mha4j.cli.command.Version;
import io.mha4j.cli.online.LeftSwitch;
import io.mha4j.config.ServerSettings;
import io.mha4j.decision.FailoverFacts;
import io.mha4j.decision.Progress;
import io.mha4j.execution.dry.DryRun;
import io.mha4j.execution.resume.FailoverJournal.CutRun;
import io.mha4j.hooks.HookRunner;
import io.mha4j.monitor.SourceHost;
import io.mha4j.monitor.SystemEvidence;
import io.mha4j.monitor.TreeLook;
import io.mha4j.remote.LocalRunner;
import io.mha4j.report.EventLog;
import io.mha4j.report.Status;
import io.mha4j.report.StatusFile;
import io.mha4j.report.journal.JournalContent;
import io.mha4j.topology.TreeDrawing;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** {@code masterha_master_switch --master_state=dead}: the failover of one named dead source, with or without questions. */
final class DeadSwitch {
    private final Options options;
    private final Terminal terminal;
    private final boolean interactive;
    private final Setup setup;
    private final EventLog log;
    private final Questions questions;
    private final HookRunner hooks = new HookRunner(new LocalRunner());

    /** @throws io.mha4j.config.ConfigException with every problem found */
    DeadSwitch(Options options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
        this.interactive = options.get(SwitchCommand.INTERACTIVE) != 0;
        this.setup = Setup.of(options, terminal, !interactive && !options.get(SwitchCommand.DRY_RUN));
        this.log = setup.log();
        this.questions = new Questions(terminal);
    }

    /** Answers the exit status. */
    int run() {
        ServerId dead = named();
        if (options.get(SwitchCommand.DRY_RUN)) {
            return rehearse(dead);
        }
        return Holding.during(setup, (status, lock) -> {
            status.show(Status.FAILOVER_RUNNING, Optional.of(dead.host()), log);
            return failover(dead, status, lock);
        });
    }

    private ServerId named() {
        String host = options.get(SwitchCommand.DEAD_MASTER_HOST).orElseThrow();
        int port = options.get(SwitchCommand.DEAD_MASTER_PORT);
        Optional<String> ip = options.get(SwitchCommand.DEAD_MASTER_IP);
        List<ServerId> all =
                setup.app().servers().stream().map(ServerSettings::id).toList();
        ServerId dead = all.stream()
                .filter(s -> s.host().equals(host) && s.port() == port)
                .filter(s -> ip.isEmpty() || s.canBeAt(ip.get()))
                .findFirst()
                .orElseThrow(() -> new UsageException("--dead_master_host=" + host + " with port " + port
                        + ip.map(i -> " and address " + i).orElse("") + " is no server of "
                        + setup.app().confFile() + "; its servers are "
                        + all.stream().map(ServerId::toString).collect(Collectors.joining(", "))
                        + "; a port other than 3306 needs --dead_master_port"));
        if (ip.isEmpty()) {
            terminal.out().println("--dead_master_ip=<dead_master_ip> is not set. Using " + dead.ip() + ".");
        }
        if (!options.has(SwitchCommand.DEAD_MASTER_PORT)) {
            terminal.out().println("--dead_master_port=<dead_master_port> is not set. Using " + port + ".");
        }
        return dead;
    }

    private int failover(ServerId dead, StatusFile status, Holding lock) {
        log.info("mha4j {} starts a failover of {} by hand", Version.text(), dead);
        try (Hosts hosts = new Hosts(log)) {
            hosts.connectAhead(setup.app());
            FailoverRun run = new FailoverRun(setup, options, status, hooks, hosts, lock, interactive);
            int exit = failover(dead, hosts, run, lock);
            run.summary().ifPresent(end -> terminal.out()
                    .println("New master is " + end.newSource() + ". Loss verdict: "
                            + end.verdict().sentence()));
            run.waitAfterFailure();
            return exit;
        }
    }

    /** What changes servers is done to its end, whatever the process is told meanwhile; looks and questions are not. */
    private int failover(ServerId dead, Hosts hosts, FailoverRun run, Holding lock) {
        Optional<JournalContent> earlierRun = run.earlier().left();
        Optional<LeftSwitch> left =
                earlierRun.flatMap(found -> LeftSwitch.from(found, dead, setup.app(), setup.files(), log));
        Optional<CutRun> cut = left.isPresent()
                ? Optional.empty()
                : earlierRun.map(found -> run.earlier().read(found, () -> {}));
        if (cut.isPresent()) {
            OptionalInt earlier = agreed(cut.get(), dead, run) ? takenUp(cut.get(), run, lock) : OptionalInt.of(1);
            if (earlier.isPresent()) {
                return earlier.getAsInt();
            }
        }
        FailoverFacts facts = look(dead, hosts);
        log.info("\n{}", TreeDrawing.of(facts.tree()));
        Optional<FailoverFacts> agreed = interactive
                ? new FailoverQuestions(questions, log).agreed(facts, () -> look(dead, hosts))
                : Optional.of(facts);
        return agreed.map(sure -> lock.undisturbed(
                        () -> run.run(sure, () -> left.map(LeftSwitch::giveUp).orElse(true))))
                .orElse(1);
    }

    /** Exit statuses are not negative. */
    private static OptionalInt takenUp(CutRun cut, FailoverRun run, Holding lock) {
        int exit = lock.undisturbed(() -> run.takeUp(cut).orElse(-1));
        return exit < 0 ? OptionalInt.empty() : OptionalInt.of(exit);
    }

    /** Whether an earlier failover that was cut off shall be taken up. */
    private boolean agreed(CutRun cut, ServerId dead, FailoverRun run) {
        Optional<String> other = obstacles().other(cut, dead);
        other.ifPresent(run.earlier()::leaveAlone);
        return other.isEmpty()
                && (!interactive
                        || questions.yes(
                                "A failover of " + dead + " was cut off in the middle. Take it up? (yes/NO): "));
    }

    private Obstacles obstacles() {
        return new Obstacles(setup.app(), setup.files(), log);
    }

    /** @throws MhaException if the servers form no tree, or one with another source */
    private FailoverFacts look(ServerId dead, Hosts hosts) {
        TreeLook.Seen seen = new TreeLook(SystemTime.TICKS, SystemTime.CLOCK).forFailoverOf(setup.app(), dead);
        if (!seen.tree().source().equals(dead)) {
            throw new UsageException(
                    "the master is " + seen.tree().source() + ", not " + dead + "; name that one, if it is dead");
        }
        boolean ssh = !seen.tree().sourceAlive() && sshReachable(setup.app().of(dead), hosts);
        return new FailoverFacts(
                setup.app(),
                seen.tree(),
                Optional.empty(),
                Optional.empty(),
                ssh,
                ManagerOptions.wishes(options),
                Progress.NONE);
    }

    private boolean sshReachable(ServerSettings source, Hosts hosts) {
        int told = options.get(SwitchCommand.SSH_REACHABLE);
        if (told < 2) {
            return told == 1;
        }
        return new SystemEvidence(
                        source, setup.pause(), hooks, SourceHost.of(source, hosts.of(source)), log, SystemTime.TICKS)
                .sshReachable();
    }

    private int rehearse(ServerId dead) {
        try (Hosts hosts = new Hosts(log)) {
            FailoverFacts facts = look(dead, hosts);
            terminal.out().print(TreeDrawing.of(facts.tree()));
            Admission admission = ManagerOptions.admission(options, setup.files());
            List<Obstacles.Obstacle> obstacles = obstacles().of(dead, admission);
            obstacles.forEach(obstacle -> terminal.out().println(obstacle.line()));
            DryRun dry = new DryRun(facts, hosts::of, SystemTime.TICKS, SystemTime.SLEEPER);
            dry.lines().forEach(terminal.out()::println);
            terminal.out().println("Nothing was changed.");
            boolean refused = obstacles.stream().anyMatch(Obstacles.Obstacle::refuses) || !dry.wouldFinish();
            return refused ? 1 : 0;
        }
    }
}
