package io.mha4j.cli.command;

import java.util.Optional;
import java.util.function.Function;

/**
 * A command in the list of all commands.
 *
 * @param name    as a subcommand of {@code masterha}, words joined by dashes: {@code check-repl}
 * @param mhaName the program of MHA that it is, for example {@code masterha_check_repl}
 * @param summary one line for the list of commands
 * @param maker   makes the command of a name; called only when it is the chosen one
 */
public record CommandEntry(String name, Optional<String> mhaName, String summary, Function<String, Command> maker) {
    /** Makes the command. */
    public Command make() {
        return maker.apply(name);
    }

    /** A program that MHA has. */
    public static CommandEntry ofMha(String mhaName, String name, String summary, Function<String, Command> maker) {
        return new CommandEntry(name, Optional.of(mhaName), summary, maker);
    }

    /** A command that MHA does not have. */
    public static CommandEntry ofOurs(String name, String summary, Function<String, Command> maker) {
        return new CommandEntry(name, Optional.empty(), summary, maker);
    }
}
