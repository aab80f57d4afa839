package io.mha4j.cli;

import io.mha4j.base.MhaException;
import io.mha4j.cli.command.Command;
import io.mha4j.cli.command.Option;
import io.mha4j.cli.command.Options;
import io.mha4j.cli.command.Terminal;
import io.mha4j.cli.command.UsageException;
import io.mha4j.cli.online.AliveSwitch;
import io.mha4j.cli.online.SwitchOptions;
import io.mha4j.cli.start.Ahead;
import io.mha4j.decision.online.OnlineWishes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.UnaryOperator;

/** {@code masterha_master_switch}: a failover by hand, or an online switch. Exit status as MHA's: 0 complete, 10 a slave does not follow, 1 else. */
final class SwitchCommand implements Command {
    static final Option<Optional<String>> DEAD_MASTER_HOST =
            Option.text("dead_master_host", "host", "The dead master's hostname as configured.");
    static final Option<Optional<String>> DEAD_MASTER_IP =
            Option.text("dead_master_ip", "address", "Its address; by default what its name means.");
    static final Option<Integer> DEAD_MASTER_PORT = Option.number("dead_master_port", 3306, "Its port.");
    static final Option<Integer> SSH_REACHABLE =
            Option.number("ssh_reachable", 2, "Whether SSH to its host works: 0 no, 1 yes, 2 find out.");
    static final Option<Integer> INTERACTIVE =
            Option.number("interactive", 1, "0: ask nothing, and write to the manager's log.");
    static final Option<Boolean> DRY_RUN = Option.flag(
                    "dry_run", "Tell who would be elected and why, what would be saved and every step; change nothing.")
            .beyondMha();

    private static final Option<Optional<String>> MASTER_STATE =
            Option.text("master_state", "dead|alive", "Mandatory: dead for a failover, alive for an online switch.");

    private static final List<Option<?>> DEAD_ONLY = List.of(
            DEAD_MASTER_HOST,
            DEAD_MASTER_IP,
            DEAD_MASTER_PORT,
            SSH_REACHABLE,
            ManagerOptions.LOG,
            ManagerOptions.LAST_FAILOVER_MINUTE,
            ManagerOptions.IGNORE_LAST_FAILOVER,
            ManagerOptions.WAIT_ON_FAILOVER_ERROR,
            ManagerOptions.SKIP_DISABLE_READ_ONLY,
            ManagerOptions.SKIP_SAVE_MASTER_BINLOG,
            ManagerOptions.WAIT_UNTIL_GTID_IN_SYNC,
            ManagerOptions.IGNORE_BINLOG_SERVER_ERROR);

    private static final List<Option<?>> ALIVE_ONLY = aliveOnly();

    private static List<Option<?>> aliveOnly() {
        List<Option<?>> all = new ArrayList<>(SwitchOptions.ALL);
        all.add(ManagerOptions.SECONDS_BEHIND);
        return List.copyOf(all);
    }

    @Override
    public List<Option<?>> options() {
        List<Option<?>> all = new ArrayList<>(ManagerOptions.FAILOVER);
        all.addAll(SwitchOptions.ALL);
        all.addAll(List.of(ManagerOptions.CHECK_ONLY, ManagerOptions.SECONDS_BEHIND));
        all.addAll(List.of(
                MASTER_STATE, DEAD_MASTER_HOST, DEAD_MASTER_IP, DEAD_MASTER_PORT, SSH_REACHABLE, INTERACTIVE, DRY_RUN));
        return List.copyOf(all);
    }

    @Override
    public int run(Options options, Terminal terminal) {
        String state = options.get(MASTER_STATE).orElseThrow(() -> UsageException.missing("master_state=<dead|alive>"));
        Ahead.servers();
        return switch (state) {
            case "dead" -> dead(options, terminal);
            case "alive" -> alive(options, terminal);
            default -> throw new UsageException("--master_state must be dead or alive");
        };
    }

    private static int dead(Options options, Terminal terminal) {
        reject(
                options,
                option -> "--master_state=dead has no " + option
                        + "; --dry_run tells what would be done, and changes nothing",
                List.of(ManagerOptions.CHECK_ONLY));
        reject(options, option -> "--master_state=dead has no " + option, ALIVE_ONLY);
        if (options.get(DEAD_MASTER_HOST).isEmpty()) {
            throw UsageException.missing("dead_master_host=<host>");
        }
        Ahead.ssh();
        return new DeadSwitch(options, terminal).run();
    }

    /** Everything goes to the terminal, as in MHA. */
    private static int alive(Options options, Terminal terminal) {
        reject(options, option -> "--master_state=alive has no " + option, DEAD_ONLY);
        Setup setup = Setup.of(options, terminal, false);
        boolean interactive = options.get(INTERACTIVE) != 0;
        OnlineWishes wishes = SwitchOptions.wishes(
                options,
                ManagerOptions.wishes(options).newSource(),
                options.get(ManagerOptions.SECONDS_BEHIND),
                !options.get(ManagerOptions.SKIP_CHANGE_MASTER));
        AliveSwitch.Request request = new AliveSwitch.Request(
                wishes,
                interactive,
                interactive && SwitchOptions.asksToFlush(options),
                options.get(ManagerOptions.CHECK_ONLY),
                options.get(DRY_RUN),
                options.get(ManagerOptions.REMOVE_DEAD_MASTER_CONF));
        return new AliveSwitch(new AliveSwitch.Place(setup.app(), setup.log(), setup.files()), terminal, request)
                .run(work -> Holding.during(
                        setup,
                        "The switch is undone, or finished if the new master is about to be opened; a kill in the middle would leave"
                                + " that to the next call.",
                        (status, lock) -> work.applyAsInt(new Right(lock))));
    }

    /** Ends a switch between two steps, not in a step: what was done to servers is then put back, however long that takes. */
    private record Right(Holding lock) implements AliveSwitch.Right {
        @Override
        public int undisturbed(IntSupplier work) {
            return lock.undisturbed(work);
        }

        @Override
        public void requireHeld() {
            lock.requireHeld();
            if (lock.isToldToEnd()) {
                throw new ToldToEnd();
            }
        }
    }

    /** Somebody wants the switch to end before its new master is open. */
    private static final class ToldToEnd extends MhaException {
        ToldToEnd() {
            super("The process was told to end");
        }
    }

    private static void reject(Options options, UnaryOperator<String> sentence, List<Option<?>> foreign) {
        foreign.stream().filter(options::has).findFirst().ifPresent(option -> {
            throw new UsageException(sentence.apply(option.toString()));
        });
    }
}
