package io.mha4j.cli.outlook;

import io.mha4j.decision.FailoverWishes;
import io.mha4j.decision.check.CheckFacts;
import java.time.Duration;
import java.util.Optional;

/**
 * What the command line of a manager asks of the failovers to come.
 *
 * @param failover         how they are to go
 * @param betweenFailovers how long ago the last one must have ended; absent: earlier ones do not count
 */
public record Asked(FailoverWishes failover, Optional<Duration> betweenFailovers) {
    /** Of a manager that is started without options. */
    public static final Asked DEFAULT = new Asked(FailoverWishes.DEFAULT, CheckFacts.Wishes.BETWEEN_FAILOVERS);
}
