package io.mha4j.cli;

import io.mha4j.cli.command.Command;
import io.mha4j.cli.command.Option;
import io.mha4j.cli.command.Options;
import io.mha4j.cli.command.Terminal;
import io.mha4j.cli.command.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code masterha_master_switch}: a failover by hand. Exit status as MHA's: 0 complete, 10 a slave does not follow, 1 else. */
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
            Option.text("master_state", "dead|alive", "Mandatory: dead. (alive, the online switch, is not there yet.)");

    @Override
    public List<Option<?>> options() {
        List<Option<?>> all = new ArrayList<>(ManagerOptions.FAILOVER);
        all.addAll(List.of(
                MASTER_STATE, DEAD_MASTER_HOST, DEAD_MASTER_IP, DEAD_MASTER_PORT, SSH_REACHABLE, INTERACTIVE, DRY_RUN));
        return List.copyOf(all);
    }

    @Override
    public int run(Options options, Terminal terminal) {
        String state = options.get(MASTER_STATE).orElseThrow(() -> UsageException.missing("master_state=<dead|alive>"));
        if (!state.equals("dead")) {
            throw new UsageException(
                    state.equals("alive")
                            ? "--master_state=alive: the online switch is not there yet; nothing was done"
                            : "--master_state must be dead or alive");
        }
        if (options.get(DEAD_MASTER_HOST).isEmpty()) {
            throw UsageException.missing("dead_master_host=<host>");
        }
        return new DeadSwitch(options, terminal).run();
    }
}
