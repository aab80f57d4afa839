package io.mha4j.cli.check;

import io.mha4j.decision.check.CheckFinding;
import io.mha4j.decision.check.Grade;
import io.mha4j.topology.TreeDrawing;
import java.util.List;
import java.util.Locale;

/** The outcome of the checks as a page: the tree, a summary, then the findings by grade, each with its cure. */
public final class DoctorPage {
    private DoctorPage() {}

    /** The page, ended by a line feed. */
    public static String of(String conf, CheckRun.Outcome outcome) {
        StringBuilder page = new StringBuilder("Checks of " + conf + "\n\n");
        outcome.seen()
                .ifPresent(seen -> page.append(TreeDrawing.of(seen.tree())).append('\n'));
        page.append(summary(outcome.findings())).append('\n');
        int number = 0;
        for (Grade grade : Grade.values()) {
            List<CheckFinding> findings = of(grade, outcome.findings());
            if (!findings.isEmpty()) {
                page.append('\n').append(grade.words().toUpperCase(Locale.ROOT)).append('\n');
            }
            for (CheckFinding finding : findings) {
                number++;
                page.append("%3d. %s (%s)\n"
                        .formatted(number, finding.cause(), finding.check().label()));
                if (!finding.cure().isEmpty()) {
                    page.append("     cure: ").append(finding.cure()).append('\n');
                }
            }
        }
        return page.toString();
    }

    private static String summary(List<CheckFinding> findings) {
        return findings.isEmpty()
                ? "Nothing to find fault with."
                : "Findings: %d that block a failover, %d that risk loss, %d pieces of advice."
                        .formatted(
                                of(Grade.BLOCKS_FAILOVER, findings).size(),
                                of(Grade.RISKS_LOSS, findings).size(),
                                of(Grade.ADVICE, findings).size());
    }

    private static List<CheckFinding> of(Grade grade, List<CheckFinding> findings) {
        return findings.stream().filter(f -> f.grade() == grade).toList();
    }
}
