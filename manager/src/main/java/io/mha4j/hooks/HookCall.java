package io.mha4j.hooks;

import io.mha4j.base.Secret;
import io.mha4j.remote.ShellQuote;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One call of an operator's script. A value: it can be shown by {@code --dry_run} and written to a journal; its text form
 * never holds a secret.
 *
 * @param prefix    shell text as configured; may hold arguments of its own
 * @param arguments what is appended to it, in this order
 * @param mayGoOn   whether exit status 10 means "failed, but go on"
 */
public record HookCall(String prefix, List<Argument> arguments, boolean mayGoOn) {
    public HookCall {
        if (prefix.isBlank()) {
            throw new IllegalArgumentException("a hook needs a command");
        }
        arguments = List.copyOf(arguments);
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

        private String masked() {
            return shown ? quoted() : name + "=***";
        }
    }

    /** The line for the shell. Holds secrets: never for a log. */
    String line() {
        return joined(Argument::quoted);
    }

    /** The line for logs and reports. */
    public String masked() {
        return joined(Argument::masked);
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
        return prefix + arguments.stream().map(a -> " " + form.apply(a)).collect(Collectors.joining());
    }
}
