package io.mha4j.cli;

import io.mha4j.cli.command.Command;
import io.mha4j.cli.command.ConfigOptions;
import io.mha4j.cli.command.Option;
import io.mha4j.cli.command.Options;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.cli.command.Terminal;
import io.mha4j.cli.command.UsageException;
import io.mha4j.cli.outlook.Asked;
import io.mha4j.cli.outlook.Outlook;
import io.mha4j.cli.outlook.OutlookRun;
import io.mha4j.config.Application;
import io.mha4j.report.GuardFile;
import io.mha4j.report.PauseFile;
import io.mha4j.report.ReportException;
import io.mha4j.report.SeenStatus;
import io.mha4j.report.StateFiles;
import io.mha4j.report.Status;
import io.mha4j.report.json.JsonForm;
import io.mha4j.report.trouble.DivergedFile;
import io.mha4j.report.trouble.Trouble;
import io.mha4j.report.trouble.Troubles;
import io.mha4j.settings.ConfigFiles;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * {@code masterha_check_status}: one line about a manager; the exit status is the number in it. Asked for more, it looks at
 * the servers and tells what would happen if the master died now.
 */
final class CheckStatusCommand implements Command {
    private static final Option<Boolean> VERBOSE =
            Option.flag("verbose", "Tell also what would happen if the master died now; looks at the servers.");
    private static final Option<Boolean> JSON = Option.flag("json", "The same as JSON, and nothing else.");

    @Override
    public List<Option<?>> options() {
        return Stream.concat(StateOptions.ALL.stream(), Stream.of(VERBOSE, JSON))
                .<Option<?>>map(option -> option)
                .toList();
    }

    @Override
    public int run(Options options, Terminal terminal) {
        StateOptions.Place place = StateOptions.place(options, terminal);
        String app = place.files().app();
        Optional<SeenStatus> seen =
                SeenStatus.read(place.files(), doubt -> terminal.err().println(app + ": " + doubt));
        Status status = seen.map(s -> s.judged(SystemTime.CLOCK.instant(), StateOptions.pingLimit(options, place)))
                .orElse(Status.NOT_RUNNING);
        Optional<String> paused = new PauseFile(place.files(), SystemTime.CLOCK).shown();
        Optional<String> guard = clause(() -> GuardFile.read(place.files()).map(GuardFile.Guard::clause));
        if (options.get(JSON)) {
            StatusView view = new StatusView(
                    app,
                    status.code(),
                    status.name(),
                    seen.map(SeenStatus::pid),
                    seen.flatMap(SeenStatus::source),
                    paused,
                    guard,
                    troubles(place.files(), seen, terminal),
                    outlook(place, asked(place.files(), seen, terminal)));
            terminal.out().println(new JsonForm().pretty(view));
            return status.code();
        }
        terminal.out().print(StatusLine.of(app, status, seen, place.log()));
        paused.ifPresent(clause -> terminal.err().println(app + ": " + clause));
        guard.ifPresent(clause -> terminal.err().println(app + ": " + clause));
        if (options.get(VERBOSE)) {
            troubles(place.files(), seen, terminal)
                    .forEach(trouble -> terminal.out().println(trouble.line()));
            outlook(place, asked(place.files(), seen, terminal)).lines().forEach(terminal.out()::println);
        }
        return status.code();
    }

    /** {@code --json}. */
    private record StatusView(
            String app,
            int code,
            String status,
            Optional<Long> pid,
            Optional<String> master,
            Optional<String> paused,
            Optional<String> guard,
            List<Trouble> troubles,
            Outlook ifItDiedNow) {}

    private static Outlook outlook(StateOptions.Place place, Asked asked) {
        ConfigFiles conf = place.conf()
                .orElseThrow(() -> new UsageException(
                        "--conf=<file> must be set: to tell what would happen, the servers must be known."));
        Application app = ConfigOptions.load(conf).application();
        try (OutlookRun run = new OutlookRun(app, place.files(), asked, finding -> true)) {
            return run.measured();
        }
    }

    /** Of a manager that does not run nothing is known; a file that cannot be read changes nothing about the status. */
    private static Asked asked(StateFiles files, Optional<SeenStatus> seen, Terminal terminal) {
        try {
            return seen.flatMap(manager -> Asked.of(files, manager)).orElse(Asked.DEFAULT);
        } catch (ReportException e) {
            terminal.err().println(files.app() + ": " + e.getMessage());
            return Asked.DEFAULT;
        }
    }

    /** What a manager that has ended knew is of no use, except of old masters that have diverged; a file that cannot be read changes nothing about the status. */
    private static List<Trouble> troubles(StateFiles files, Optional<SeenStatus> seen, Terminal terminal) {
        try {
            return Stream.concat(
                            seen.map(manager -> Troubles.of(files, manager)).orElse(List.of()).stream(),
                            new DivergedFile(files, SystemTime.CLOCK).present().stream())
                    .toList();
        } catch (ReportException e) {
            terminal.err().println(files.app() + ": " + e.getMessage());
            return List.of();
        }
    }

    /** A file that cannot be read changes nothing about the status. */
    private static Optional<String> clause(Supplier<Optional<String>> read) {
        try {
            return read.get();
        } catch (ReportException e) {
            return Optional.of(e.getMessage());
        }
    }
}
