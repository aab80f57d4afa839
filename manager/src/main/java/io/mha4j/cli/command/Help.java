package io.mha4j.cli.command;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The text of {@code --help}, laid out by picocli. */
public final class Help {
    private Help() {}

    /**
     * @param program how the command was called
     * @param options those of the command, without help and version
     */
    public static String text(String program, String summary, List<Option<?>> options) {
        CommandSpec spec = CommandSpec.create().name(program);
        spec.usageMessage()
                .description(literal(summary))
                .sortOptions(false)
                .width(100)
                .abbreviateSynopsis(true);
        for (Option<?> option : options) {
            spec.addOption(described(option));
        }
        spec.addOption(described(CommandLineSyntax.HELP));
        spec.addOption(described(CommandLineSyntax.VERSION));
        return new CommandLine(spec).getUsageMessage(CommandLine.Help.Ansi.OFF);
    }

    private static OptionSpec described(Option<?> option) {
        String[] names = option.names().stream().map(name -> "--" + name).toArray(String[]::new);
        OptionSpec.Builder builder = OptionSpec.builder(names).description(literal(option.help()));
        return option.label().isPresent()
                ? builder.arity("1")
                        .type(String.class)
                        .paramLabel("<" + option.label().get() + ">")
                        .build()
                : builder.arity("0").type(boolean.class).build();
    }

    /** Picocli reads descriptions as format strings. */
    private static String literal(String text) {
        return text.replace("%", "%%");
    }
}
