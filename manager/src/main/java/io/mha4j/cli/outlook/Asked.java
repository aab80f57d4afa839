package io.mha4j.cli.outlook;

import io.mha4j.decision.FailoverWishes;
import io.mha4j.decision.check.CheckFacts;
import io.mha4j.report.SeenStatus;
import io.mha4j.report.StateFiles;
import io.mha4j.report.word.WordFile;
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

    /** Where a watching manager keeps it, for who wants to know what that would do. */
    static WordFile<Asked> in(StateFiles files) {
        return new WordFile<>(files.wishes(), Asked.class);
    }

    /**
     * What the manager behind a status file was asked; empty if it does not run or has not said so.
     *
     * @throws io.mha4j.report.ReportException if it has, in a file that cannot be read
     */
    public static Optional<Asked> of(StateFiles files, SeenStatus manager) {
        return in(files).read(manager);
    }
}
