package io.mha4j.cli;

import io.mha4j.cli.command.ConfigOptions;
import io.mha4j.cli.command.Options;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.cli.command.Terminal;
import io.mha4j.config.Application;
import io.mha4j.report.EventLog;
import io.mha4j.report.Level;
import io.mha4j.report.PauseFile;
import io.mha4j.report.StateFiles;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What nearly every command begins with: the configuration, the log, the place of the state files.
 *
 * @param app   the configuration
 * @param log   where the story goes
 * @param files state files
 */
record Setup(Application app, EventLog log, StateFiles files) {
    /**
     * Reads the configuration and opens the log.
     *
     * @param toLogFile whether {@code --manager_log} and {@code manager_log} count; otherwise everything goes to the
     *     terminal, as MHA's check commands do
     * @throws io.mha4j.config.ConfigException with every problem found
     */
    static Setup of(Options options, Terminal terminal, boolean toLogFile) {
        Application app = ConfigOptions.load(options).application();
        String workdir = options.get(ManagerOptions.WORKDIR).orElse(app.workdir());
        Optional<String> file = options.get(ManagerOptions.LOG).or(app::log);
        Level level = Level.parse(app.logLevel());
        EventLog log = toLogFile && file.isPresent()
                ? EventLog.toFile(Path.of(file.get()), level, SystemTime.CLOCK, SystemTime.zone())
                : EventLog.toStream(terminal.err(), level, SystemTime.CLOCK, SystemTime.zone());
        app.warnings().forEach(log::warning);
        return new Setup(app, log, new StateFiles(Path.of(workdir), app.name()));
    }

    /** The same with a configuration that was read later; log and state files stay where they are. */
    Setup with(Application newer) {
        return new Setup(newer, log, files);
    }

    /** The operator's order not to act. */
    PauseFile pause() {
        return new PauseFile(files, SystemTime.CLOCK);
    }
}
