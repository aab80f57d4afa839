package io.mha4j.cli;

import io.mha4j.base.Deadline;
import io.mha4j.cli.command.Options;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.config.ServerSettings;
import io.mha4j.decision.Ballot;
import io.mha4j.decision.FailoverFacts;
import io.mha4j.decision.FailoverPlanner;
import io.mha4j.decision.FailoverWishes;
import io.mha4j.decision.Progress;
import io.mha4j.hooks.HookCall;
import io.mha4j.hooks.HookResult;
import io.mha4j.hooks.HookRunner;
import io.mha4j.hooks.IpFailoverScript;
import io.mha4j.hooks.ShutdownScript;
import io.mha4j.monitor.TreeLook;
import io.mha4j.report.EventLog;
import io.mha4j.topology.Finding;
import io.mha4j.topology.HealthRules;
import io.mha4j.topology.ManagedTree;
import io.mha4j.topology.Prior;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What must hold before a tree is watched; the same for the manager's start and for {@code masterha_check_repl}. */
final class StartChecks {
    private static final Duration HOOK_LIMIT = Duration.ofSeconds(60);
    /** Objections that pass by themselves; they do not forbid to start. */
    private static final Set<String> PASSING = Set.of("level", "lag");

    private final Setup setup;
    private final Options options;
    private final TreeLook look;
    private final HookRunner hooks;
    private final EventLog log;
    private final List<String> objections = new ArrayList<>();

    StartChecks(Setup setup, Options options, TreeLook look, HookRunner hooks) {
        this.setup = setup;
        this.options = options;
        this.look = look;
        this.hooks = hooks;
        this.log = setup.log();
    }

    /**
     * Looks and checks.
     *
     * @throws TreeLook.NoTree if the servers form no tree
     * @throws ChecksFailed with everything else that is wrong
     */
    TreeLook.Seen run() {
        TreeLook.Seen seen = look.at(setup.app(), Prior.NOTHING);
        ManagedTree tree = seen.tree();
        log.info("Replication mode: {}. Master: {}", tree.mode(), tree.source());
        note(HealthRules.settings(tree));
        note(HealthRules.filters(setup.app(), tree));
        note(HealthRules.absences(setup.app(), tree, options.get(ManagerOptions.IGNORE_FAIL_ON_START)));
        electable(tree);
        scripts(setup.app().of(tree.source()));
        if (!objections.isEmpty()) {
            throw new ChecksFailed(objections);
        }
        return seen;
    }

    private void note(List<Finding> findings) {
        for (Finding finding : findings) {
            switch (finding.grade()) {
                case INFO -> log.info(" {}", finding.sentence());
                case WARNING -> log.warning(" {}", finding.sentence());
                case ERROR -> objections.add(finding.sentence());
            }
        }
    }

    private void electable(ManagedTree tree) {
        FailoverFacts facts =
                new FailoverFacts(setup.app(), tree, Optional.empty(), true, FailoverWishes.DEFAULT, Progress.NONE);
        Ballot ballot = new FailoverPlanner().ballot(facts);
        boolean somebody = ballot.cards().stream().anyMatch(StartChecks::mayBecomeMaster);
        if (!somebody) {
            objections.add("None of slaves can be master: " + ballot.explanation());
        }
    }

    private static boolean mayBecomeMaster(Ballot.Card card) {
        return card.findings().stream().allMatch(f -> f.passed() || PASSING.contains(f.rule()));
    }

    private void scripts(ServerSettings source) {
        status("master_ip_failover_script", source.scripts().ipFailover().map(p -> new IpFailoverScript(p)
                .status(source)));
        status("shutdown_script", source.scripts().shutdown().map(p -> new ShutdownScript(p).status(source)));
    }

    private void status(String parameter, Optional<HookCall> call) {
        if (call.isEmpty()) {
            log.warning("{} is not defined.", parameter);
            return;
        }
        log.info("Checking {} status:", parameter);
        log.info("  {}", call.get());
        HookResult result = hooks.run(call.get(), Deadline.in(HOOK_LIMIT, SystemTime.TICKS));
        result.output().forEach(log::output);
        if (result.outcome() == HookResult.Outcome.OK) {
            log.info(" OK.");
        } else {
            objections.add(parameter + " --command=status " + result.sentence() + "; it must answer 0");
        }
    }
}
