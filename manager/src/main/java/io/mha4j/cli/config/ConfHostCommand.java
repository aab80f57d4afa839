package io.mha4j.cli.config;

import io.mha4j.cli.command.Command;
import io.mha4j.cli.command.Option;
import io.mha4j.cli.command.Options;
import io.mha4j.cli.command.Terminal;
import io.mha4j.cli.command.UsageException;
import io.mha4j.config.ConfigText;
import io.mha4j.config.Parameter;
import io.mha4j.config.Parameters;
import io.mha4j.settings.ConfigFileEdit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * {@code masterha_conf_host}: adds a server's section to an application file or removes it; everything else in the file
 * stays as it is. Exit status 0, also when there was nothing to remove, as MHA's; 1 when nothing was done for a reason.
 */
public final class ConfHostCommand implements Command {
    private static final Option<String> CONF =
            Option.mandatory("conf", "file", "Configuration file of the application; it must exist.");
    private static final Option<String> COMMAND =
            Option.mandatory("command", "add|remove|delete", "What to do with the server's section.");
    private static final Option<Optional<String>> BLOCK = Option.text(
            "block", "section", "Name of the section; 7 means server7. Default server_ and the host's name.");
    private static final Option<Optional<String>> HOSTNAME =
            Option.text("hostname", "host", "The server's host; mandatory for add.");
    private static final Option<Optional<String>> PARAMS =
            Option.text("params", "\"name=value;name=value\"", "More parameters of the server that is added.");

    private static final String PREFIX = "server";

    @Override
    public List<Option<?>> options() {
        return List.of(CONF, COMMAND, BLOCK, HOSTNAME, PARAMS);
    }

    @Override
    public int run(Options options, Terminal terminal) {
        String file = options.get(CONF);
        String block = block(options);
        switch (options.get(COMMAND)) {
            case "add" -> {
                Map<String, String> entries = entries(options);
                ConfigFileEdit.edit(file, added(file, block, entries));
                terminal.out().println("Wrote " + block + " entry to " + file + " .");
            }
            case "remove", "delete" -> {
                boolean[] found = new boolean[1];
                ConfigFileEdit.edit(file, text -> {
                    found[0] = text.has(block);
                    return text.without(block);
                });
                terminal.out()
                        .println(
                                found[0]
                                        ? "Deleted " + block + " entry from " + file + " ."
                                        : block + " entry not found from " + file + " .");
            }
            default -> throw new UsageException("--command must be add, remove or delete");
        }
        return 0;
    }

    private static UnaryOperator<ConfigText> added(String file, String block, Map<String, String> entries) {
        return text -> {
            if (text.has(block)) {
                throw new UsageException(
                        "[" + block + "] stands already in " + file + "; remove it first, or name another --block");
            }
            try {
                return text.with(block, entries);
            } catch (IllegalArgumentException e) {
                throw new UsageException("--params: " + e.getMessage());
            }
        };
    }

    private static String block(Options options) {
        Optional<String> host = options.get(HOSTNAME);
        return options.get(BLOCK)
                .map(name -> name.startsWith(PREFIX) ? name : PREFIX + name)
                .or(() -> host.map(name -> PREFIX + "_" + name))
                .orElseThrow(() -> new UsageException("--block or --hostname must be given"));
    }

    private static Map<String, String> entries(Options options) {
        Map<String, String> entries = new LinkedHashMap<>();
        String host = options.get(HOSTNAME)
                .orElseThrow(() -> new UsageException("--hostname must be given with --command=add"));
        requireAllowed("--", Parameters.HOSTNAME, host);
        entries.put(Parameters.HOSTNAME.name(), host);
        for (String pair : options.get(PARAMS).orElse("").split(";", -1)) {
            if (!pair.isBlank()) {
                int equals = pair.indexOf('=');
                String name = (equals < 0 ? pair : pair.substring(0, equals)).strip();
                if (equals < 0) {
                    throw new UsageException("--params: " + name + " has no value; write " + name + "=value");
                }
                String value = ConfigText.value(pair.substring(equals + 1));
                requireAllowed("--params: ", parameter(name), value);
                entries.put(name, value);
            }
        }
        return entries;
    }

    private static Parameter<?> parameter(String name) {
        return Parameters.named(name)
                .orElseThrow(() -> new UsageException("--params: " + name + " is no parameter"
                        + Parameters.nearest(name)
                                .map(near -> "; did you mean " + near + "?")
                                .orElse("")));
    }

    /** With a value that is not allowed no command could read the file any more. */
    private static void requireAllowed(String where, Parameter<?> parameter, String value) {
        if (parameter.retired().isEmpty() && !parameter.accepts(value)) {
            throw new UsageException("%s%s=%s: must be %s"
                    .formatted(where, parameter, parameter.isSecret() ? "***" : value, parameter.allowed()));
        }
    }
}
