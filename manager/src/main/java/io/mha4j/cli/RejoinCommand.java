package io.mha4j.cli;

import io.mha4j.base.MhaException;
import io.mha4j.base.ServerId;
import io.mha4j.cli.command.Command;
import io.mha4j.cli.command.ConfigOptions;
import io.mha4j.cli.command.Option;
import io.mha4j.cli.command.Options;
import io.mha4j.cli.command.Questions;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.cli.command.Terminal;
import io.mha4j.cli.command.UsageException;
import io.mha4j.cli.rescue.BinlogCommand;
import io.mha4j.config.ServerSettings;
import io.mha4j.decision.Step;
import io.mha4j.decision.rejoin.Parting;
import io.mha4j.decision.rejoin.RejoinPlan;
import io.mha4j.decision.rejoin.RejoinPlanner;
import io.mha4j.execution.RescueSteps;
import io.mha4j.execution.Sessions;
import io.mha4j.execution.rejoin.Comparison;
import io.mha4j.execution.rejoin.Rejoin;
import io.mha4j.execution.resume.FailoverJournal;
import io.mha4j.monitor.TreeLook;
import io.mha4j.mysql.Sweep;
import io.mha4j.report.journal.JournalContent;
import io.mha4j.report.journal.Journals;
import io.mha4j.report.json.JsonForm;
import io.mha4j.topology.ServerFacts;
import io.mha4j.topology.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code masterha rejoin}: brings a master home that was failed over from. Exit status 0: it replicates from the present master;
 * 10: it has transactions of its own, which were saved; 1: anything else.
 */
final class RejoinCommand implements Command {
    private static final int DIVERGED = 10;

    private static final Option<String> HOST =
            Option.mandatory("host", "host", "The returned master's hostname as configured.");
    private static final Option<Integer> PORT = Option.number("port", 3306, "Its port.");
    private static final Option<Integer> INTERACTIVE = Option.number("interactive", 1, "0: ask nothing.");
    private static final Option<Boolean> DRY_RUN =
            Option.flag("dry_run", "Compare it, and tell what would be done; change nothing.");

    private final JsonForm json = new JsonForm();

    @Override
    public List<Option<?>> options() {
        return List.of(
                ConfigOptions.CONF,
                ConfigOptions.GLOBAL_CONF,
                ManagerOptions.WORKDIR,
                HOST,
                PORT,
                INTERACTIVE,
                DRY_RUN);
    }

    @Override
    public int run(Options options, Terminal terminal) {
        Setup setup = Setup.of(options, terminal, false);
        ServerId old = named(setup, options.get(HOST), options.get(PORT));
        Run run = new Run(setup, old, terminal);
        try {
            return options.get(DRY_RUN) ? run.rehearsed() : run.done(options.get(INTERACTIVE) != 0);
        } catch (MhaException e) {
            setup.log().error("{}", e.getMessage());
            return 1;
        }
    }

    private static ServerId named(Setup setup, String host, int port) {
        List<ServerId> all =
                setup.app().servers().stream().map(ServerSettings::id).toList();
        return all.stream()
                .filter(s -> (s.host().equals(host) || s.ip().equals(host)) && s.port() == port)
                .findFirst()
                .orElseThrow(() -> new UsageException("--host=" + host + " with port " + port + " is no server of "
                        + setup.app().confFile() + "; its servers are "
                        + all.stream().map(ServerId::toString).collect(Collectors.joining(", "))
                        + "; put its section back, or give its --port"));
    }

    /**
     * One former master. A manager may go on watching meanwhile, for this server is in no tree of its: what excludes others is
     * MHA's lock on the server itself, and no failover or switch may be under way.
     */
    private final class Run {
        private final Setup setup;
        private final ServerId old;
        private final Terminal terminal;
        private final Journals journals;

        Run(Setup setup, ServerId old, Terminal terminal) {
            this.setup = setup;
            this.old = old;
            this.terminal = terminal;
            this.journals = new Journals(setup.files(), json, SystemTime.CLOCK);
        }

        int rehearsed() {
            try (Hosts hosts = new Hosts();
                    Sessions sessions = new Sessions(setup.app())) {
                Looked looked = look();
                if (!(looked.plan() instanceof RejoinPlan.Compare plan)) {
                    return told(looked.plan());
                }
                Comparison found = rejoin(hosts, looked, sessions).compare(plan, false);
                int exit = found instanceof Comparison.Diverged other ? told(other) : 0;
                if (exit == 0) {
                    setup.log().info("{} has nothing of its own: {}", old, ((Comparison.Equal) found).how());
                    setup.log()
                            .info(
                                    "It would be closed for writers and replicate from {}, {}",
                                    plan.source(),
                                    start(plan));
                }
                terminal.out().println("Nothing was changed.");
                return exit;
            }
        }

        int done(boolean asks) {
            Looked looked = look();
            try (Hosts hosts = new Hosts();
                    Sessions sessions = new Sessions(setup.app())) {
                if (looked.plan() instanceof RejoinPlan.Follows follows && !follows.running()) {
                    rejoin(hosts, looked, sessions).start();
                    setup.log().info("{} replicates from {} again", old, follows.source());
                    return 0;
                }
                if (!(looked.plan() instanceof RejoinPlan.Compare plan)) {
                    return told(looked.plan());
                }
                Rejoin rejoin = rejoin(hosts, looked, sessions);
                if (asks && !new Questions(terminal).yes(question(plan))) {
                    setup.log().info("Not confirmed; nothing was changed");
                    return 1;
                }
                rejoin.fence();
                return finished(rejoin, plan);
            }
        }

        private int finished(Rejoin rejoin, RejoinPlan.Compare plan) {
            Comparison found = rejoin.compare(plan, true);
            if (found instanceof Comparison.Diverged other) {
                return told(other);
            }
            setup.log().info("{} has nothing of its own: {}", old, ((Comparison.Equal) found).how());
            rejoin.doubt().ifPresent(d -> setup.log()
                    .warning(
                            "{}: {}: if its host went down, and not only its process, its data may lack what its log"
                                    + " has; compare them, or build it anew",
                            old,
                            d));
            rejoin.attach(plan);
            setup.log().info("{} replicates from {}, {}; it stays read-only", old, plan.source(), start(plan));
            return 0;
        }

        private String question(RejoinPlan.Compare plan) {
            return "Close " + old + " for writers and, if it has nothing of its own, make it a slave of "
                    + plan.source() + "? (yes/NO): ";
        }

        private static String start(RejoinPlan.Compare plan) {
            return plan.start() instanceof Step.Start.At at ? "from " + at.position() : "by GTID";
        }

        private int told(RejoinPlan plan) {
            if (plan instanceof RejoinPlan.Follows follows) {
                setup.log().info("{} replicates from {} already: nothing to do", old, follows.source());
                return 0;
            }
            setup.log().error("{}", ((RejoinPlan.Refused) plan).why());
            return 1;
        }

        private int told(Comparison.Diverged found) {
            setup.log().error("{} has diverged: {}", old, found.what());
            found.why().ifPresent(why -> setup.log().error("They could not be saved: {}", why));
            found.saved().ifPresent(archive -> {
                setup.log()
                        .info(
                                "They are saved in {}. Nothing on {} was erased. Decide about them, then build it anew from a"
                                        + " backup of the present master",
                                archive.description(),
                                old);
                BinlogCommand.listTransactions(archive.description(), terminal.out());
            });
            return DIVERGED;
        }

        private Rejoin rejoin(Hosts hosts, Looked looked, Sessions sessions) {
            RescueSteps.Time time =
                    new RescueSteps.Time(SystemTime.TICKS, SystemTime.SLEEPER, SystemTime.CLOCK, SystemTime.zone());
            ServerFacts facts = looked.now().facts(old).orElseThrow();
            return new Rejoin(
                    new Rejoin.Place(setup.app(), setup.log(), hosts::of, time),
                    old,
                    facts,
                    sessions,
                    this::requireQuiet);
        }

        private Looked look() {
            requireQuiet();
            Snapshot now = new Sweep(SystemTime.TICKS, SystemTime.CLOCK)
                    .sweep(setup.app().servers(), Set.of(), TreeLook.PER_SERVER);
            Optional<Parting> parting =
                    journals.lastFinished(this::wasFailedOver).flatMap(this::parting);
            return new Looked(now, RejoinPlanner.plan(old, now, parting));
        }

        private void requireQuiet() {
            journals.unfinished().ifPresent(run -> {
                throw new UsageException(
                        "run " + run.opened().run() + ", a " + run.opened().operation()
                                + ", is not finished; wait for it, or finish it with the command that began it");
            });
        }

        private boolean wasFailedOver(JournalContent run) {
            return run.opened().operation().equals(FailoverJournal.OPERATION)
                    && run.opened().facts().at("/tree/source/host").asText().equals(old.host())
                    && run.opened().facts().at("/tree/source/port").asInt() == old.port()
                    && parting(run).isPresent();
        }

        private Optional<Parting> parting(JournalContent run) {
            return Parting.of(FailoverJournal.read(run, json, setup.app()).facts());
        }
    }

    /** What the servers showed, and what follows. */
    private record Looked(Snapshot now, RejoinPlan plan) {}
}
