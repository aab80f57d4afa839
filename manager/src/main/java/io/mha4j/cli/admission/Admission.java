package io.mha4j.cli.admission;

import io.mha4j.cli.command.SystemTime;
import io.mha4j.decision.FailoverFacts;
import io.mha4j.decision.FailoverPlanner;
import io.mha4j.decision.Next;
import io.mha4j.decision.Refusal;
import io.mha4j.report.FlagFiles;
import io.mha4j.report.StateFiles;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether a failover may begin. Changes nothing.
 *
 * @param ignoresEarlier whether flags of earlier failovers do not count
 * @param minimum        that must have passed since the last one
 */
public record Admission(StateFiles files, boolean ignoresEarlier, Duration minimum) {
    /** Why it may not: because of earlier ones, or of how the servers are. */
    public Optional<Refusal> refusal(FailoverFacts facts) {
        return earlier()
                .or(() -> new FailoverPlanner().next(facts) instanceof Next.Refused no
                        ? Optional.of(no.why())
                        : Optional.empty());
    }

    /** Why earlier ones forbid it. */
    public Optional<Refusal> earlier() {
        if (ignoresEarlier) {
            return Optional.empty();
        }
        FlagFiles flags = new FlagFiles(files, SystemTime.CLOCK);
        if (flags.hasError()) {
            return Optional.of(new Refusal.EarlierFailure(files.failoverError().toString()));
        }
        return flags.tooSoonAfter(minimum).map(age -> new Refusal.TooSoon(age, minimum));
    }
}
