package io.mha4j.decision.check;

import java.util.ArrayList;
import java.util.List;

/** From facts to findings. */
public final class CheckRules {
    private CheckRules() {}

    /** Every finding, the worst first. */
    public static List<CheckFinding> findings(CheckFacts facts) {
        List<CheckFinding> findings = new ArrayList<>();
        findings.addAll(TreeChecks.findings(facts));
        findings.addAll(VersionChecks.findings(facts.tree()));
        findings.addAll(RegistrationChecks.findings(facts));
        findings.addAll(AccountChecks.findings(facts));
        findings.addAll(ServerChecks.findings(facts));
        findings.addAll(HostChecks.findings(facts));
        findings.addAll(AddressChecks.findings(facts));
        findings.addAll(ManagerChecks.findings(facts.manager(), facts.wishes().betweenFailovers()));
        findings.sort(CheckFinding.WORST_FIRST);
        return List.copyOf(findings);
    }
}
