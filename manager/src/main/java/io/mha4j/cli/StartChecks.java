package io.mha4j.cli;

import io.mha4j.base.MhaException;
import io.mha4j.cli.check.CheckRun;
import io.mha4j.cli.check.FindingsLog;
import io.mha4j.cli.command.Options;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.cli.watch.Estranged;
import io.mha4j.decision.check.Check;
import io.mha4j.decision.check.CheckFacts;
import io.mha4j.decision.check.CheckFinding;
import io.mha4j.monitor.TreeLook;
import io.mha4j.monitor.check.AddressRound;
import io.mha4j.topology.ManagedTree;
import java.util.List;

/**
 * What must hold before a tree is watched: of the checks of {@code masterha_check_repl} those that block a failover. Hosts
 * are asked only whether {@code vip} could be moved there: nothing else that they show forbids to start. A silent one
 * is waited for no longer than its {@code ssh_connection_timeout}.
 */
final class StartChecks {
    private final Setup setup;
    private final Options options;

    /** A tree that cannot be watched as it is; the message has one line for each thing that is wrong. */
    static final class Failed extends MhaException {
        private Failed(List<String> objections) {
            super(String.join("\n", objections));
        }
    }

    StartChecks(Setup setup, Options options) {
        this.setup = setup;
        this.options = options;
    }

    /**
     * Looks and checks.
     *
     * @param askHosts whether there is time to ask hosts; a manager that watches finds the same out soon
     * @throws Failed with everything that forbids to start
     */
    TreeLook.Seen run(boolean askHosts) {
        boolean health = options.get(ManagerOptions.CHECK_REPL_HEALTH);
        CheckFacts.Wishes wishes = new CheckFacts.Wishes(
                health,
                options.get(ManagerOptions.SECONDS_BEHIND),
                options.get(ManagerOptions.IGNORE_FAIL_ON_START),
                ManagerOptions.asked(options).betweenFailovers());
        CheckRun.Outcome outcome = outcome(wishes, askHosts && !options.get(ManagerOptions.SKIP_SSH_CHECK));
        List<CheckFinding> objections = outcome.findings().stream()
                .filter(f -> outcome.seen().isEmpty()
                        || f.check().forbidsToStart()
                        || (health && f.check().failsTheCheck() && f.check() != Check.ADDRESS))
                .toList();
        List<CheckFinding> others =
                outcome.findings().stream().filter(f -> !objections.contains(f)).toList();
        FindingsLog.write(others, setup.log());
        if (!objections.isEmpty() || outcome.seen().isEmpty()) {
            throw new Failed(objections.stream().map(CheckFinding::sentence).toList());
        }
        belong(outcome.seen().get().tree());
        return outcome.seen().get();
    }

    /** Whoever belongs to the tree has not diverged from it, whatever was found once. */
    private void belong(ManagedTree tree) {
        Estranged estranged = Estranged.in(setup.files(), setup.log());
        tree.allReplicas().forEach(replica -> estranged.reunited(replica.id()));
        if (tree.sourceAlive()) {
            estranged.reunited(tree.source());
        }
    }

    private CheckRun.Outcome outcome(CheckFacts.Wishes wishes, boolean askHosts) {
        CheckRun checks = new CheckRun(setup.app(), setup.files(), setup.log());
        if (!askHosts) {
            return checks.run(wishes, false);
        }
        try (Hosts hosts = new Hosts(setup.log());
                AddressRound addresses = AddressRound.begin(setup.app(), hosts::of, SystemTime.TICKS)) {
            return checks.run(wishes, addresses::end);
        }
    }
}
