package io.mha4j.hooks;

import io.mha4j.base.Secret;
import io.mha4j.config.ServerSettings.HookSecrets;
import io.mha4j.remote.ShellQuote;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One call of an operator's script. A value: it can be shown by {@code --dry_run} and written to a journal; its text form
 * never holds a secret.
 *
 * @param prefix    shell text as configured; may hold arguments of its own
 * @param arguments what is appended to it, in this order
 * @param mayGoOn   whether exit status 10 means "failed, but go on"
 * @param secrets   how those of the arguments are handed over that no record may hold
 */
public record HookCall(String prefix, List<Argument> arguments, boolean mayGoOn, HookSecrets secrets) {
    public HookCall {
        if (prefix.isBlank()) {
            throw new IllegalArgumentException("a hook needs a command");
        }
        arguments = List.copyOf(arguments);
    }

    /** One whose secrets, if it has any, are arguments as in MHA. */
    public HookCall(String prefix, List<Argument> arguments, boolean mayGoOn) {
        this(prefix, arguments, mayGoOn, HookSecrets.ARGV);
    }

    /**
     * One argument {@code --name=value}.
     *
     * @param name  with its dashes
     * @param value absent: the bare name
     * @param shown whether records may hold the value
     */
    public record Argument(String name, Optional<Secret> value, boolean shown) {
        static Argument of(String name, String value) {
            return new Argument(name, Optional.of(new Secret(value)), true);
        }

        static Argument secret(String name, Secret value) {
            return new Argument(name, Optional.of(value), false);
        }

        /** The argument as the script receives it. */
        public String text() {
            return name + value.map(v -> "=" + v.reveal()).orElse("");
        }

        private String quoted() {
            return name + value.map(v -> "=" + ShellQuote.word(v.reveal())).orElse("");
        }

        /** {@code NEW_MASTER_PASSWORD} for {@code --new_master_password}. */
        private String variable() {
            return name.replaceFirst("^-+", "").toUpperCase(Locale.ROOT);
        }

        private String masked() {
            return shown ? quoted() : name + "=***";
        }
    }

    /** The line for the shell. Holds secrets, unless they are in {@link #environment}: never for a log. */
    String line() {
        return joined(Argument::quoted);
    }

    /** What is added to the script's environment. Holds secrets: never for a log. */
    Map<String, String> environment() {
        Map<String, String> variables = new TreeMap<>();
        variables()
                .forEach(a -> variables.put(
                        a.variable(), a.value().orElse(Secret.EMPTY).reveal()));
        return variables;
    }

    /** The line for logs and reports, variables before it as a shell has them. */
    public String masked() {
        return variables().map(a -> a.variable() + "=*** ").collect(Collectors.joining()) + joined(Argument::masked);
    }

    private Stream<Argument> variables() {
        return arguments.stream().filter(this::isVariable);
    }

    private boolean isVariable(Argument argument) {
        return secrets == HookSecrets.ENV && !argument.shown();
    }

    @Override
    public String toString() {
        return masked();
    }

    /** {@code text} with every secret argument value replaced by {@code ***}, as written and as quoted for the shell. */
    String mask(String text) {
        String masked = text;
        for (Argument argument : arguments) {
            String secret = argument.shown()
                    ? ""
                    : argument.value().orElse(Secret.EMPTY).reveal();
            if (!secret.isEmpty()) {
                masked = masked.replace(ShellQuote.word(secret), "***").replace(secret, "***");
            }
        }
        return masked;
    }

    private String joined(Function<Argument, String> form) {
        return prefix
                + arguments.stream()
                        .filter(a -> !isVariable(a))
                        .map(a -> " " + form.apply(a))
                        .collect(Collectors.joining());
    }
}
