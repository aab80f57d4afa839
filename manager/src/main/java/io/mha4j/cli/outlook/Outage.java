package io.mha4j.cli.outlook;

import io.mha4j.decision.rehearsal.Estimate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How long clients could not write.
 *
 * @param noticed  a silent master is called dead at most so long after its death
 * @param certain  the same for one whose process is seen to have died; absent where that would be counted as silence
 * @param failover how long it takes from there until the new master takes writes; absent where it was not measured
 */
public record Outage(Duration noticed, Optional<Duration> certain, Optional<Estimate> failover) {
    /** Where nobody would be called dead. */
    static final Outage UNKNOWN = new Outage(Duration.ZERO, Optional.empty(), Optional.empty());

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("it would be noticed within " + noticed.toSeconds() + " s"
                + certain.map(c -> ", or " + c.toSeconds()
                                + " s if its process is seen to have died and nobody restarts it")
                        .orElse(""));
        failover.ifPresent(estimate -> lines.add("the failover would take " + estimate.sentence()
                + "; so no writes for up to " + seconds(noticed.plus(estimate.known()))
                + certain.map(c -> ", or " + seconds(c.plus(estimate.known()))).orElse("")));
        return List.copyOf(lines);
    }

    /** Rounded up: it is a bound. */
    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", Math.ceil(time.toMillis() / 100.0) / 10);
    }
}
