package io.mha4j.cli.command;

import io.mha4j.base.NearestName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * MHA's option syntax (Getopt::Long, as MHA 0.58 sets it up): one or two dashes, a value after {@code =} or a blank,
 * names in any case and as short as they stay unambiguous, {@code --} ends the options. Every command has
 * {@code --help} and {@code --version}; they count wherever they stand, and whatever else is wrong.
 *
 * <p>Unlike MHA, which lets most commands ignore what they do not know, an unknown option is an error.
 */
public final class CommandLineSyntax {
    public static final Option<Boolean> HELP = Option.flag("help", "Print this text.");
    public static final Option<Boolean> VERSION = Option.flag("version", "Print the version.");

    private final List<Option<?>> options;
    private final Map<String, List<String>> given = new LinkedHashMap<>();
    private final List<String> complaints = new ArrayList<>();
    private final boolean takesOperands;
    private final List<String> operands = new ArrayList<>();

    private CommandLineSyntax(List<Option<?>> options, boolean takesOperands) {
        this.options = options;
        this.takesOperands = takesOperands;
    }

    /** What the arguments of a command mean; operands are allowed if it has some. */
    public static Options parse(Command command, List<String> args) {
        return parse(command.options(), command.operands().isPresent(), args);
    }

    /**
     * What the arguments mean.
     *
     * @param options those of the command, without help and version
     * @throws UsageException naming everything that cannot be understood, unless help or version is asked for
     */
    public static Options parse(List<Option<?>> options, List<String> args) {
        return parse(options, false, args);
    }

    private static Options parse(List<Option<?>> options, boolean takesOperands, List<String> args) {
        CommandLineSyntax syntax = new CommandLineSyntax(options, takesOperands);
        int at = 0;
        while (at < args.size()) {
            at = syntax.accept(args, at);
        }
        syntax.readAll();
        Options parsed = new Options(syntax.given, syntax.operands);
        if (!syntax.complaints.isEmpty() && !parsed.get(HELP) && !parsed.get(VERSION)) {
            throw new UsageException(String.join("\n", syntax.complaints));
        }
        return parsed;
    }

    /** Takes the argument at {@code at}, with its value if that is the next one; answers where to go on. */
    private int accept(List<String> args, int at) {
        String arg = args.get(at);
        if (arg.equals("--")) {
            args.subList(at + 1, args.size()).forEach(this::operand);
            return args.size();
        }
        String body = arg.startsWith("--") ? arg.substring(2) : arg.substring(Math.min(1, arg.length()));
        if (!arg.startsWith("-") || body.isEmpty()) {
            operand(arg);
            return at + 1;
        }
        int equals = body.indexOf('=');
        String name = equals < 0 ? body : body.substring(0, equals);
        Optional<Option<?>> option = meantBy(name);
        if (option.isEmpty()) {
            return at + 1;
        }
        Optional<String> value = equals < 0 ? Optional.empty() : Optional.of(body.substring(equals + 1));
        if (option.get().label().isEmpty()) {
            acceptFlag(option.get(), value);
            return at + 1;
        }
        boolean inNext = value.isEmpty() && at + 1 < args.size();
        acceptValue(option.get(), inNext ? Optional.of(args.get(at + 1)) : value);
        return inNext ? at + 2 : at + 1;
    }

    private void acceptFlag(Option<?> option, Optional<String> value) {
        if (value.isPresent()) {
            complaints.add(option + " takes no value; leave it out to say no");
        } else {
            given(option).add("");
        }
    }

    private void acceptValue(Option<?> option, Optional<String> value) {
        if (value.isEmpty()) {
            complaints.add(
                    option + " needs a value: " + option + "=<" + option.label().orElseThrow() + ">");
        } else {
            given(option).add(value.get());
        }
    }

    /** A value that is not allowed is told now, not when the command comes to need it. */
    private void readAll() {
        for (Option<?> option : options) {
            List<String> values = given.getOrDefault(option.name(), List.of());
            if (!values.isEmpty()) {
                try {
                    option.read(values);
                } catch (UsageException wrong) {
                    complaints.add(String.valueOf(wrong.getMessage()));
                }
            }
        }
    }

    private List<String> given(Option<?> option) {
        return given.computeIfAbsent(option.name(), name -> new ArrayList<>());
    }

    /** One that is not allowed is not repeated: it may be a password behind a misspelt option. */
    private void operand(String arg) {
        if (takesOperands) {
            operands.add(arg);
        } else if (complaints.isEmpty()) {
            complaints.add("unexpected argument; every argument is an option or an option's value");
        }
    }

    /**
     * The option that a name means: its own name first, then an abbreviation of help and version, of MHA's options, and
     * of ours.
     */
    private Optional<Option<?>> meantBy(String name) {
        Optional<Option<?>> exact = all().filter(o -> o.isNamed(name)).findFirst();
        if (exact.isPresent()) {
            return exact;
        }
        List<Option<?>> general = abbreviated(name, Stream.of(HELP, VERSION));
        List<Option<?>> mhas = abbreviated(name, options.stream().filter(Option::isMhas));
        List<Option<?>> ours = abbreviated(name, options.stream().filter(o -> !o.isMhas()));
        List<Option<?>> candidates = !general.isEmpty() ? general : !mhas.isEmpty() ? mhas : ours;
        if (candidates.size() == 1) {
            return Optional.of(candidates.get(0));
        }
        complaints.add(candidates.isEmpty() ? unknown(name) : "--" + name + " may mean " + list(candidates));
        return Optional.empty();
    }

    private static List<Option<?>> abbreviated(String name, Stream<? extends Option<?>> among) {
        List<Option<?>> found = new ArrayList<>();
        among.filter(option -> option.isAbbreviatedBy(name)).forEach(found::add);
        return found;
    }

    private String unknown(String name) {
        List<String> names = all().flatMap(o -> o.names().stream()).toList();
        return "unknown option --" + name
                + NearestName.to(name, names)
                        .map(near -> "; did you mean --" + near + "?")
                        .orElse("; --help lists the options");
    }

    private static String list(List<Option<?>> options) {
        return String.join(" or ", options.stream().map(Option::toString).toList());
    }

    private Stream<Option<?>> all() {
        return Stream.concat(Stream.of(HELP, VERSION), options.stream());
    }
}
