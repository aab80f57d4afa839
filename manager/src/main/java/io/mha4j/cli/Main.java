package io.mha4j.cli;

import io.mha4j.base.MhaException;
import io.mha4j.base.NearestName;
import io.mha4j.cli.command.Command;
import io.mha4j.cli.command.CommandEntry;
import io.mha4j.cli.command.CommandLineSyntax;
import io.mha4j.cli.command.Help;
import io.mha4j.cli.command.Options;
import io.mha4j.cli.command.Terminal;
import io.mha4j.cli.command.UsageException;
import io.mha4j.cli.command.Version;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Entry point of every launcher. The first argument is the name of the program as the operator typed it:
 * {@code masterha}, followed by a subcommand, or one of MHA's, for example {@code masterha_manager}.
 */
public final class Main {
    private static final String PROGRAM = "masterha";
    private static final int FAILED = 1;

    private final List<CommandEntry> commands;
    private final Terminal terminal;

    Main(List<CommandEntry> commands, Terminal terminal) {
        this.commands = commands;
        this.terminal = terminal;
    }

    /** Runs the command and ends the process with its exit status. */
    public static void main(String[] args) {
        // Numbers also stand in what servers and shells are told; they know 0 to 9 only.
        Locale.setDefault(Locale.ROOT);
        int status = run(Terminal.ofThisProcess(), List.of(args));
        System.out.flush();
        System.exit(status);
    }

    /** Runs the command and answers its exit status. */
    public static int run(Terminal terminal, List<String> args) {
        return new Main(Commands.ALL, terminal).run(args);
    }

    /** Answers the exit status. */
    int run(List<String> args) {
        String program = args.isEmpty() ? PROGRAM : args.get(0);
        List<String> rest = args.isEmpty() ? args : args.subList(1, args.size());
        if (!program.equals(PROGRAM)) {
            Optional<CommandEntry> entry = commands.stream()
                    .filter(e -> e.mhaName().equals(Optional.of(program)))
                    .findFirst();
            return entry.map(e -> run(e, program, rest)).orElseGet(() -> unknownProgram(program));
        }
        if (rest.isEmpty()) {
            terminal.err().print(overview());
            return FAILED;
        }
        return rest.get(0).startsWith("-") ? general(rest) : subcommand(rest);
    }

    private int subcommand(List<String> args) {
        String name = args.get(0).replace('_', '-');
        Optional<CommandEntry> entry =
                commands.stream().filter(e -> e.name().equals(name)).findFirst();
        if (entry.isPresent()) {
            return run(entry.get(), PROGRAM + " " + name, args.subList(1, args.size()));
        }
        if (name.equals("help")) {
            terminal.out().print(overview());
            return 0;
        }
        List<String> names = commands.stream().map(CommandEntry::name).toList();
        terminal.err().println(PROGRAM + ": unknown command " + name + suggestion(name, names));
        return FAILED;
    }

    /** Options of {@code masterha} itself. */
    private int general(List<String> args) {
        try {
            Options options = CommandLineSyntax.parse(List.of(), args);
            terminal.out()
                    .print(options.get(CommandLineSyntax.VERSION) ? version(PROGRAM, Version.text()) : overview());
            return 0;
        } catch (UsageException wrong) {
            return reject(PROGRAM, wrong);
        }
    }

    private int run(CommandEntry entry, String program, List<String> args) {
        try {
            Command command = entry.make();
            Options options = CommandLineSyntax.parse(command, args);
            if (options.get(CommandLineSyntax.HELP)) {
                terminal.out().print(Help.text(program, entry.summary(), command));
                return 0;
            }
            if (options.get(CommandLineSyntax.VERSION)) {
                terminal.out().print(version(program, command.version()));
                return 0;
            }
            return command.run(options, terminal);
        } catch (UsageException wrong) {
            return reject(program, wrong);
        } catch (MhaException failed) {
            terminal.err().println(failed.getMessage());
            return FAILED;
        } finally {
            terminal.settle();
        }
    }

    private int reject(String program, UsageException wrong) {
        (wrong.isForStandardOutput() ? terminal.out() : terminal.err()).println(program + ": " + wrong.getMessage());
        return FAILED;
    }

    private int unknownProgram(String program) {
        List<String> names =
                commands.stream().flatMap(e -> e.mhaName().stream()).toList();
        terminal.err().println(program + ": unknown program" + suggestion(program, names));
        return FAILED;
    }

    private static String suggestion(String wrong, List<String> known) {
        return NearestName.to(wrong, known)
                .map(near -> "; did you mean " + near + "?")
                .orElse("; known are " + String.join(", ", known));
    }

    private static String version(String program, String version) {
        return program + " version " + version + "." + System.lineSeparator();
    }

    private String overview() {
        StringBuilder text = new StringBuilder("Usage: masterha <command> [options]%n%n".formatted());
        for (CommandEntry entry : commands) {
            String also = entry.mhaName().map(name -> " Also as " + name + ".").orElse("");
            text.append("  %-18s %s%s%n".formatted(entry.name(), entry.summary(), also));
        }
        return text.append("%nmasterha <command> --help tells its options.%n".formatted())
                .toString();
    }
}
