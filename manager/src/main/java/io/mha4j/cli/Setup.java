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
     * Reads the configuration and opens the log of a command that may change servers; a log that accepts nothing does not
     * hold it up.
     *
     * @param toLogFile whether {@code --manager_log} and {@code manager_log} count; otherwise everything goes to the
     *     terminal
     * @throws io.mha4j.config.ConfigException with every problem found
     */
    static Setup of(Options options, Terminal terminal, boolean toLogFile) {
        Application app = ConfigOptions.load(options).application();
        Optional<String> file = options.get(ManagerOptions.LOG).or(app::log);
        EventLog log = toLogFile && file.isPresent()
                ? EventLog.toFile(Path.of(file.get()), level(app), SystemTime.CLOCK, SystemTime.zone())
                : toTerminal(app, terminal);
        EventLog behind = terminal.isHeldUpByLog() ? log : log.inBackground();
        terminal.follow(behind);
        return of(options, app, behind);
    }

    /**
     * The same for a check, which is at the service of whoever reads it, at whatever pace: everything goes to the
     * terminal, as in MHA, and nothing is left out.
     */
    static Setup ofCheck(Options options, Terminal terminal) {
        Application app = ConfigOptions.load(options).application();
        return of(options, app, toTerminal(app, terminal));
    }

    private static Setup of(Options options, Application app, EventLog log) {
        String workdir = options.get(ManagerOptions.WORKDIR).orElse(app.workdir());
        app.warnings().forEach(log::warning);
        return new Setup(app, log, new StateFiles(Path.of(workdir), app.name()));
    }

    private static EventLog toTerminal(Application app, Terminal terminal) {
        return EventLog.toStream(terminal.err(), level(app), SystemTime.CLOCK, SystemTime.zone());
    }

    private static Level level(Application app) {
        return Level.parse(app.logLevel());
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
