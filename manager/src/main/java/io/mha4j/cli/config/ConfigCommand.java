package io.mha4j.cli.config;

import io.mha4j.cli.command.Command;
import io.mha4j.cli.command.ConfigOptions;
import io.mha4j.cli.command.Option;
import io.mha4j.cli.command.Options;
import io.mha4j.cli.command.Terminal;
import io.mha4j.settings.LoadedSettings;
import java.util.List;

/** {@code masterha config}: which values count for each server, and where each came from. Changes nothing. */
public final class ConfigCommand implements Command {
    private static final Option<Boolean> JSON =
            Option.flag("json", "Print JSON instead of text.").beyondMha();

    @Override
    public List<Option<?>> options() {
        return List.of(ConfigOptions.CONF, ConfigOptions.GLOBAL_CONF, JSON);
    }

    @Override
    public int run(Options options, Terminal terminal) {
        LoadedSettings loaded = ConfigOptions.load(options);
        if (options.get(JSON)) {
            ConfigJson.print(loaded, terminal.out());
        } else {
            loaded.application().warnings().forEach(warning -> terminal.err().println("warning: " + warning));
            terminal.out().print(ConfigListing.of(loaded));
        }
        return 0;
    }
}
