package io.mha4j.cli.command;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The text of {@code --help}, laid out by picocli. */
public final class Help {
    private Help() {}

    /**
     * @param program how the command was called
     */
    public static String text(String program, String summary, Command command) {
        CommandSpec spec = CommandSpec.create().name(program);
        spec.usageMessage()
                .description(literal(summary))
                .sortOptions(false)
                .width(100)
                .abbreviateSynopsis(true);
        command.operands()
                .ifPresent(label -> spec.addPositional(PositionalParamSpec.builder()
                        .arity("0..*")
                        .paramLabel("<" + label + ">")
                        .build()));
        for (Option<?> option : command.options()) {
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
