package io.mha4j.decision.check;

import io.mha4j.topology.details.ManagerDetails;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the manager's own host showed: room for state, flags of earlier failovers, scripts. */
final class ManagerChecks {
    /** They change nothing about a failover. */
    private static final Set<String> TELLING = Set.of("report_script", "alarm_script");

    /** Scripts whose absence is worth a word; MHA warns of these two. */
    private static final Set<String> WANTED = Set.of("master_ip_failover_script", "shutdown_script");

    private ManagerChecks() {}

    static List<CheckFinding> findings(ManagerDetails manager, Optional<Duration> betweenFailovers) {
        List<CheckFinding> findings = new ArrayList<>();
        manager.workdirProblem()
                .ifPresent(
                        why -> findings.add(
                                CheckFinding.general(
                                        Check.WORKDIR,
                                        "manager_workdir cannot be used: " + why + ".",
                                        "Set manager_workdir to a directory that the manager's account may write, or make room there.")));
        findings.addAll(HostChecks.ofManager(manager.workdir()));
        manager.errorFlag()
                .ifPresent(path -> findings.add(CheckFinding.general(
                        Check.EARLIER_FAILOVER,
                        "The last failover broke off and left " + path + "; the next would be refused.",
                        "Repair what it left, then rm " + path)));
        manager.paused()
                .ifPresent(clause -> findings.add(CheckFinding.general(
                        Check.PAUSED,
                        "A dead master would not be replaced: " + clause + ".",
                        "masterha resume, when the work is done.")));
        betweenFailovers
                .flatMap(minimum -> manager.lastFailover().map(age -> tooSoon(age, minimum)))
                .ifPresent(findings::add);
        manager.hooks().forEach(hook -> hook(hook, findings));
        return findings;
    }

    private static CheckFinding tooSoon(Duration age, Duration minimum) {
        return CheckFinding.general(
                Check.EARLIER_FAILOVER,
                "The last failover was %d min ago; the next would be refused before %d min have passed."
                        .formatted(age.toMinutes(), minimum.toMinutes()),
                "Start the manager with --ignore_last_failover or --last_failover_minute, or remove the flag file.");
    }

    private static void hook(ManagerDetails.Hook hook, List<CheckFinding> findings) {
        String name = hook.parameter();
        hook.problem()
                .ifPresent(why -> findings.add(CheckFinding.general(
                        TELLING.contains(name) ? Check.NO_HOOK : Check.HOOK,
                        name + " " + why + ".",
                        "Correct the script or its path; by hand it must work as the manager's account.")));
        if (!hook.defined() && WANTED.contains(name)) {
            findings.add(CheckFinding.general(
                    Check.NO_HOOK,
                    name + " is not defined.",
                    name.equals("shutdown_script")
                            ? "Define it where the host of a dead master can be switched off."
                            : "Define it, or make clients find the new master by themselves."));
        }
    }
}
