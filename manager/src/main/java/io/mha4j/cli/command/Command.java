package io.mha4j.cli.command;

import java.util.List;

/** What one command does. */
public interface Command {
    /** Its options, in the order of the help; {@code --help} and {@code --version} come by themselves. */
    List<Option<?>> options();

    /**
     * Does it and answers the exit status. A {@link io.mha4j.base.MhaException} that leaves here is printed to standard
     * error and ends the process with 1.
     */
    int run(Options options, Terminal terminal);
}
