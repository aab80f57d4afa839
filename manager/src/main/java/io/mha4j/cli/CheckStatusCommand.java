package io.mha4j.cli;

import io.mha4j.cli.command.Command;
import io.mha4j.cli.command.ConfigOptions;
import io.mha4j.cli.command.Option;
import io.mha4j.cli.command.Options;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.cli.command.Terminal;
import io.mha4j.report.PauseFile;
import io.mha4j.report.ReportException;
import io.mha4j.report.SeenStatus;
import io.mha4j.report.StateFiles;
import io.mha4j.report.Status;
import java.util.List;
import java.util.Optional;

/** {@code masterha_check_status}: one line about a manager; the exit status is the number in it. */
final class CheckStatusCommand implements Command {
    @Override
    public List<Option<?>> options() {
        return List.of(
                StateOptions.CONF,
                ConfigOptions.GLOBAL_CONF,
                StateOptions.APP,
                StateOptions.STATUS_DIR,
                ManagerOptions.LOG,
                StateOptions.PING_LIMIT,
                StateOptions.ABORT,
                StateOptions.ABORT_TIMEOUT);
    }

    @Override
    public int run(Options options, Terminal terminal) {
        StateOptions.Place place = StateOptions.place(options);
        String app = place.files().app();
        Optional<SeenStatus> seen = SeenStatus.read(place.files());
        Status status = seen.map(s -> s.judged(SystemTime.CLOCK.instant(), options.get(StateOptions.PING_LIMIT)))
                .orElse(Status.NOT_RUNNING);
        terminal.out().print(StatusLine.of(app, status, seen, place.log()));
        paused(place.files()).ifPresent(clause -> terminal.err().println(app + ": " + clause));
        return status.code();
    }

    /** A file that cannot be read changes nothing about the status. */
    private static Optional<String> paused(StateFiles files) {
        try {
            return new PauseFile(files, SystemTime.CLOCK).now().map(PauseFile.Pause::clause);
        } catch (ReportException e) {
            return Optional.of(e.getMessage());
        }
    }
}
