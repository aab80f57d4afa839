package io.mha4j.cli.check;

import io.mha4j.decision.check.Check;
import io.mha4j.decision.check.CheckFinding;
import io.mha4j.report.EventLog;
import java.util.List;
import java.util.Set;

/** Findings as lines of the log. */
public final class FindingsLog {
    private static final Set<Check> WORTH_A_WARNING = Set.of(
            Check.SETTINGS, Check.ABSENCE_IGNORED, Check.NO_HOOK, Check.EARLIER_FAILOVER, Check.PAUSED, Check.UNKNOWN);

    private FindingsLog() {}

    /** Those that fail the check as errors, the others more quietly; the worst first. */
    public static void write(List<CheckFinding> findings, EventLog log) {
        for (CheckFinding finding : findings) {
            if (finding.check().failsTheCheck()) {
                log.error("{}", finding.sentence());
            } else if (WORTH_A_WARNING.contains(finding.check())) {
                log.warning("{}", finding.sentence());
            } else {
                log.info("{}", finding.sentence());
            }
        }
    }
}
