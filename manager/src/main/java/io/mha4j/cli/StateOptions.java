package io.mha4j.cli;

import io.mha4j.cli.command.ConfigOptions;
import io.mha4j.cli.command.Option;
import io.mha4j.cli.command.Options;
import io.mha4j.cli.command.Terminal;
import io.mha4j.cli.command.UsageException;
import io.mha4j.report.StateFiles;
import io.mha4j.settings.ConfigFiles;
import io.mha4j.settings.StatePlace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Options by which {@code masterha_check_status} and {@code masterha_stop} find a manager's state files. */
final class StateOptions {
    static final Option<Optional<String>> CONF = Option.text("conf", "file", "Configuration file of the application.");
    static final Option<Optional<String>> APP = Option.text(
            "app", "name", "Name of the application, instead of --conf; with --status_dir no file is read.");
    static final Option<Optional<String>> STATUS_DIR = Option.text(
                    "status_dir", "directory", "Directory of the status file. Default: manager_workdir.")
            .orAs("workdir")
            .orAs("manager_workdir");
    static final Option<Duration> PING_LIMIT = Option.seconds(
            "ping_limit", 10, "Oldest age of the last good ping; without it, at least two ping_interval and 3 s.");
    static final Option<Boolean> ABORT = Option.flag("abort", "Kill the manager if it does not end by itself.");
    static final Option<Duration> ABORT_TIMEOUT =
            Option.seconds("abort_timeout", 5, "Wait so long for the manager to end.");

    /** Those of {@code masterha_stop}; {@code masterha_check_status} has more. */
    static final List<Option<?>> ALL = List.of(
            CONF, ConfigOptions.GLOBAL_CONF, APP, STATUS_DIR, ManagerOptions.LOG, PING_LIMIT, ABORT, ABORT_TIMEOUT);

    /** Of a machine that is busy. */
    private static final Duration SLACK = Duration.ofSeconds(3);

    /** Where MHA looks for the file of an application that is only named. */
    private static final String CONF_DIRECTORY = "/usr/local/masterha/conf/";

    private StateOptions() {}

    /**
     * The state files that the options mean.
     *
     * @param log  the manager's log, for hints
     * @param ping the longest ping_interval, if it is known
     * @param conf the configuration files, if they were named
     */
    record Place(StateFiles files, Optional<String> log, Optional<Duration> ping, Optional<ConfigFiles> conf) {}

    static Place place(Options options, Terminal terminal) {
        Optional<String> app = options.get(APP);
        Optional<String> directory = options.get(STATUS_DIR);
        Optional<String> log = options.get(ManagerOptions.LOG);
        if (options.get(CONF).isEmpty() && app.isPresent() && directory.isPresent()) {
            return new Place(
                    new StateFiles(Path.of(directory.get()), app.get()), log, Optional.empty(), Optional.empty());
        }
        String conf = options.get(CONF)
                .or(() -> app.map(name -> CONF_DIRECTORY + name + ".cnf"))
                .orElseThrow(() -> new UsageException("--conf=<file> or --app=<name> must be set."));
        ConfigFiles files = ConfigOptions.files(conf, options);
        StatePlace place = ConfigOptions.place(files, directory, terminal);
        return new Place(
                new StateFiles(Path.of(place.workdir()), app.orElse(place.app())),
                log.or(place::log),
                place.pingInterval(),
                Optional.of(files));
    }

    /**
     * How old the last good ping may be. MHA's 10 s are too short for a manager that pings more seldom: its last one is older by the time
     * of one interval and of what a ping may take, which is as long.
     */
    static Duration pingLimit(Options options, Place place) {
        Duration limit = options.get(PING_LIMIT);
        return options.has(PING_LIMIT)
                ? limit
                : place.ping()
                        .map(interval -> interval.multipliedBy(2).plus(SLACK))
                        .filter(more -> more.compareTo(limit) > 0)
                        .orElse(limit);
    }
}
