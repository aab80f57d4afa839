package io.mha4j.cli.pause;

import io.mha4j.cli.command.ConfigOptions;
import io.mha4j.cli.command.Option;
import io.mha4j.cli.command.Options;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.config.Application;
import io.mha4j.report.PauseFile;
import io.mha4j.report.StateFiles;
import java.nio.file.Path;
import java.util.Optional;

/** What both commands need. */
final class PauseOptions {
    static final Option<Optional<String>> WORKDIR = Option.text(
                    "manager_workdir", "directory", "Directory of the state files, instead of the parameter.")
            .orAs("workdir");

    private PauseOptions() {}

    /** The application that is meant, and its order. */
    record Meant(String app, PauseFile file) {}

    static Meant meant(Options options) {
        Application app = ConfigOptions.load(options).application();
        StateFiles files = new StateFiles(Path.of(options.get(WORKDIR).orElse(app.workdir())), app.name());
        return new Meant(app.name(), new PauseFile(files, SystemTime.CLOCK));
    }
}
