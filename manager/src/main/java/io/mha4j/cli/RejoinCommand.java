package io.mha4j.cli;

import io.mha4j.base.MhaException;
import io.mha4j.base.ServerId;
import io.mha4j.cli.command.Command;
import io.mha4j.cli.command.ConfigOptions;
import io.mha4j.cli.command.Option;
import io.mha4j.cli.command.Options;
import io.mha4j.cli.command.Questions;
import io.mha4j.cli.command.Terminal;
import io.mha4j.cli.command.UsageException;
import io.mha4j.cli.rejoin.Homecoming;
import io.mha4j.cli.rescue.BinlogCommand;
import io.mha4j.cli.watch.Estranged;
import io.mha4j.config.ServerSettings;
import io.mha4j.decision.rejoin.RejoinPlan;
import io.mha4j.execution.rejoin.Comparison;
import io.mha4j.report.EventLog;
import java.util.List;
import java.util.Optional;
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
        try {
            Homecoming homecoming = new Homecoming(setup.app(), setup.files(), setup.log(), () -> {}, old);
            Run run = new Run(setup.log(), old, terminal, homecoming, Estranged.in(setup.files(), setup.log()));
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

    /** One call. */
    private record Run(EventLog log, ServerId old, Terminal terminal, Homecoming homecoming, Estranged estranged) {
        int rehearsed() {
            int exit = homecoming.comparing().map(this::rehearsed).orElseGet(() -> told(homecoming.plan()));
            terminal.out().println("Nothing was changed.");
            return exit;
        }

        private int rehearsed(RejoinPlan.Compare compare) {
            Comparison found = homecoming.compared(compare);
            if (found instanceof Comparison.Diverged diverged) {
                return told(diverged);
            }
            log.info("{} has nothing of its own: {}", old, ((Comparison.Equal) found).how());
            log.info(
                    "It would be closed for writers and replicate from {}, {}",
                    compare.source(),
                    Homecoming.start(compare));
            return 0;
        }

        private int told(RejoinPlan plan) {
            if (plan instanceof RejoinPlan.Follows follows) {
                log.info(
                        "{} replicates from {} already{}{}",
                        old,
                        follows.source(),
                        follows.running() ? "" : ", but is stopped: it would be started",
                        follows.running() && !homecoming.isAttached()
                                ? ", but takes writes: it would be closed for writers"
                                : "");
                return 0;
            }
            return refused(((RejoinPlan.Refused) plan).why());
        }

        private int refused(String why) {
            log.error("{}", why);
            return 1;
        }

        int done(boolean asks) {
            Optional<String> question = homecoming.comparing().map(this::question);
            if (asks && question.isPresent() && !new Questions(terminal).yes(question.get())) {
                log.info("Not confirmed; nothing was changed");
                return 1;
            }
            Homecoming.End end = homecoming.bring(true);
            if (end instanceof Homecoming.End.Home home) {
                log.info("{} {}", old, home.sentence());
                estranged.reunited(old);
                return 0;
            }
            if (end instanceof Homecoming.End.Diverged diverged) {
                estranged.found(old, diverged);
            }
            return end instanceof Homecoming.End.Diverged diverged
                    ? told(diverged.found())
                    : refused(((Homecoming.End.Refused) end).why());
        }

        private String question(RejoinPlan.Compare plan) {
            return "Close " + old + " for writers and, if it has nothing of its own, make it a slave of "
                    + plan.source() + "? (yes/NO): ";
        }

        private int told(Comparison.Diverged found) {
            log.error("{} has diverged: {}", old, found.what());
            found.why()
                    .filter(why -> found.saved().isEmpty())
                    .ifPresent(why -> log.error("They could not be saved: {}", why));
            found.saved().ifPresent(archive -> {
                log.info(
                        "{} saved in {}. Nothing on {} was erased. Decide about them, then build it anew from a"
                                + " backup of the present master",
                        found.why().isPresent() ? "Only what could be read is" : "They are",
                        archive.description(),
                        old);
                BinlogCommand.listTransactions(archive.description(), terminal.out());
            });
            return DIVERGED;
        }
    }
}
