package io.mha4j.monitor.ssh;

import java.time.Duration;
import java.util.Optional;

/**
 * What became of one connection.
 *
 * @param why  what is wrong and what to do about it, or why it was not tested; absent when it works
 * @param took how long the test took
 */
public record SshOutcome(SshPath path, Result result, Optional<String> why, Duration took) {
    /** How it went. */
    public enum Result {
        WORKS,
        FAILED,
        /** One of its ends cannot be reached from here, which is told as a failure of its own. */
        NOT_TESTED,
        /** {@code skip_init_ssh_check=1} */
        SKIPPED
    }

    /** Whether it keeps the check from passing; there are other ways to feed slaves. */
    public boolean isBad() {
        return path.need() != SshPath.Need.FEED && isBroken();
    }

    /** Whether it was wanted and does not work. */
    public boolean isBroken() {
        return result == Result.FAILED || result == Result.NOT_TESTED;
    }
}
