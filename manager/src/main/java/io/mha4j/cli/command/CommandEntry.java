package io.mha4j.cli.command;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * A command in the list of all commands.
 *
 * @param name    as a subcommand of {@code masterha}, words joined by dashes: {@code check-repl}
 * @param mhaName the program of MHA that it is, for example {@code masterha_check_repl}
 * @param summary one line for the list of commands
 * @param command makes it; called only when it is the chosen one
 */
public record CommandEntry(String name, Optional<String> mhaName, String summary, Supplier<Command> command) {
    /** A program that MHA has. */
    public static CommandEntry ofMha(String mhaName, String name, String summary, Supplier<Command> command) {
        return new CommandEntry(name, Optional.of(mhaName), summary, command);
    }

    /** A command that MHA does not have. */
    public static CommandEntry ofOurs(String name, String summary, Supplier<Command> command) {
        return new CommandEntry(name, Optional.empty(), summary, command);
    }
}
