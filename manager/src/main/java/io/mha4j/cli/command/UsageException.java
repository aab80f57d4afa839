package io.mha4j.cli.command;

import io.mha4j.base.MhaException;

/** The command line cannot be understood or lacks something; the command ends with 1 before doing anything. */
public final class UsageException extends MhaException {
    private final boolean onStandardOutput;

    private UsageException(String message, boolean onStandardOutput) {
        super(message);
        this.onStandardOutput = onStandardOutput;
    }

    /** @param message names the option and the way out; never an option's value, which may be a password */
    public UsageException(String message) {
        this(message, false);
    }

    /** A mandatory option is missing; MHA says so on standard output. */
    public static UsageException missing(String option) {
        return new UsageException("--" + option + " must be set.", true);
    }

    /** Whether MHA prints this to standard output. */
    public boolean isForStandardOutput() {
        return onStandardOutput;
    }
}
