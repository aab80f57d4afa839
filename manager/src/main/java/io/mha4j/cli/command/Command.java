package io.mha4j.cli.command;

import java.util.List;
import java.util.Optional;

/** What one command does. */
public interface Command {
    /** Its options, in the order of the help; {@code --help} and {@code --version} come by themselves. */
    List<Option<?>> options();

    /** What may stand on the command line besides options, for the help; empty: nothing may. */
    default Optional<String> operands() {
        return Optional.empty();
    }

    /** What {@code --version} tells. */
    default String version() {
        return Version.text();
    }

    /**
     * Does it and answers the exit status. A {@link io.mha4j.base.MhaException} that leaves here is printed to standard
     * error and ends the process with 1.
     */
    int run(Options options, Terminal terminal);
}
