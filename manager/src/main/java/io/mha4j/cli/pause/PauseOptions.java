package io.mha4j.cli.pause;

import io.mha4j.cli.command.ConfigOptions;
import io.mha4j.cli.command.Option;
import io.mha4j.cli.command.Options;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.cli.command.Terminal;
import io.mha4j.report.PauseFile;
import io.mha4j.report.StateFiles;
import io.mha4j.settings.StatePlace;
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

    static Meant meant(Options options, Terminal terminal) {
        StatePlace place = ConfigOptions.place(ConfigOptions.files(options), options.get(WORKDIR), terminal);
        StateFiles files = new StateFiles(Path.of(place.workdir()), place.app());
        return new Meant(place.app(), new PauseFile(files, SystemTime.CLOCK));
    }
}
