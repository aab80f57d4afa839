package io.mha4j.cli.command;

import io.mha4j.remote.LocalRunner;
import io.mha4j.settings.ConfigFiles;
import io.mha4j.settings.LoadedSettings;
import io.mha4j.settings.SettingsLoader;
import io.mha4j.settings.StatePlace;
import io.mha4j.settings.Surroundings;
import io.mha4j.settings.SystemNames;
import java.util.Optional;

/** The two options that name the configuration files; nearly every command has them. */
public final class ConfigOptions {
    public static final Option<String> CONF =
            Option.mandatory("conf", "file", "Configuration file of the application.");
    public static final Option<Optional<String>> GLOBAL_CONF = Option.text(
            "global_conf",
            "file",
            "Configuration file with defaults for all applications. Default " + ConfigFiles.DEFAULT_GLOBAL + ".");

    private ConfigOptions() {}

    /**
     * The files that the options name.
     *
     * @throws UsageException if {@code --conf} is missing
     */
    public static ConfigFiles files(Options options) {
        return files(options.get(CONF), options);
    }

    /** An application file that was named otherwise, and the global file of the options. */
    public static ConfigFiles files(String conf, Options options) {
        return new ConfigFiles(conf, options.get(GLOBAL_CONF).orElse(ConfigFiles.DEFAULT_GLOBAL));
    }

    /**
     * Reads the files that the options name, as {@link SettingsLoader#load} does.
     *
     * @throws UsageException if {@code --conf} is missing
     * @throws io.mha4j.config.ConfigException with every problem found
     */
    public static LoadedSettings load(Options options) {
        return load(files(options));
    }

    /** Reads these files. */
    public static LoadedSettings load(ConfigFiles files) {
        return loader().load(files);
    }

    /**
     * Reads where the state of the application of these files is, and warns of doubts; needs no secret and no name server.
     *
     * @param directory the one that is meant instead, if it was named
     */
    public static StatePlace place(ConfigFiles files, Optional<String> directory, Terminal terminal) {
        StatePlace place = loader().place(files, directory);
        place.doubts().forEach(doubt -> terminal.err().println("warning: " + doubt));
        return place;
    }

    private static SettingsLoader loader() {
        return new SettingsLoader(new LocalRunner(), new SystemNames(), Surroundings.ofThisProcess(), SystemTime.TICKS);
    }
}
