package io.mha4j.base;

/** A program could not be started, or was still running at its deadline, or its host could not be reached. */
public final class CommandException extends MhaException {
    public CommandException(String message) {
        super(message);
    }

    public CommandException(String message, Throwable cause) {
        super(message, cause);
    }
}
