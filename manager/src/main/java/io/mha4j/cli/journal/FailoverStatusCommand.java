package io.mha4j.cli.journal;

import io.mha4j.cli.command.Command;
import io.mha4j.cli.command.ConfigOptions;
import io.mha4j.cli.command.Option;
import io.mha4j.cli.command.Options;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.cli.command.Terminal;
import io.mha4j.decision.Phase;
import io.mha4j.decision.Step;
import io.mha4j.execution.online.OnlineJournal;
import io.mha4j.execution.resume.FailoverJournal;
import io.mha4j.report.PauseFile;
import io.mha4j.report.ReportException;
import io.mha4j.report.StateFiles;
import io.mha4j.report.incident.IncidentFiles;
import io.mha4j.report.journal.JournalContent;
import io.mha4j.report.journal.JournalContent.StepRecord;
import io.mha4j.report.journal.Journals;
import io.mha4j.report.json.JsonForm;
import io.mha4j.settings.StatePlace;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code masterha failover-status}: the failover that is running, or was cut off, step by step. Exit status 0 when there is
 * none, 10 when there is one. With {@code --last} the record of the one before, exit status 0.
 */
public final class FailoverStatusCommand implements Command {
    private static final int UNFINISHED = 10;

    private static final Option<Optional<String>> WORKDIR = Option.text(
                    "manager_workdir", "directory", "Directory of the journal, instead of the parameter.")
            .orAs("workdir");
    private static final Option<Boolean> JSON = Option.flag("json", "Print the journal as JSON.");

    private static final Option<Boolean> LAST =
            Option.flag("last", "Print the incident of the last failover that had begun to change things, as JSON.");

    private final JsonForm json = new JsonForm();

    @Override
    public List<Option<?>> options() {
        return List.of(ConfigOptions.CONF, ConfigOptions.GLOBAL_CONF, WORKDIR, JSON, LAST);
    }

    @Override
    public int run(Options options, Terminal terminal) {
        StatePlace place = ConfigOptions.place(ConfigOptions.files(options), options.get(WORKDIR), terminal);
        StateFiles files = new StateFiles(Path.of(place.workdir()), place.app());
        Optional<Path> last = new IncidentFiles(files, json).last();
        if (options.get(LAST)) {
            terminal.out().println(last.map(FailoverStatusCommand::text).orElse("null"));
            return 0;
        }
        // What is printed for programs is the journal, and nothing else.
        PrintStream aside = options.get(JSON) ? terminal.err() : terminal.out();
        new PauseFile(files, SystemTime.CLOCK).shown().ifPresent(clause -> aside.println(files.app() + ": " + clause));
        Optional<JournalContent> left = new Journals(files, json, SystemTime.CLOCK).unfinished();
        if (options.get(JSON)) {
            terminal.out().println(left.map(json::pretty).orElse("null"));
        } else if (left.isEmpty()) {
            terminal.out().println("No failover of " + place.app() + " is running or was cut off.");
            last.ifPresent(file -> terminal.out().println("The last one: " + file));
        } else {
            tell(left.get(), files, terminal.out());
        }
        return left.isEmpty() ? 0 : UNFINISHED;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).stripTrailing();
        } catch (IOException e) {
            throw new ReportException(
                    file + ": cannot be read; its owner may: " + e.getClass().getSimpleName(), e);
        }
    }

    private void tell(JournalContent run, StateFiles files, PrintStream out) {
        boolean alive = run.writer().isAlive();
        boolean online = OnlineJournal.isSwitch(run);
        out.println((online ? "Online switch " : "Failover ") + run.opened().run() + " of "
                + run.opened().app() + ", begun " + run.opened().at() + (alive ? ", is running." : ", was cut off."));
        StepTimes times = new StepTimes(Optional.of(SystemTime.CLOCK.instant()).filter(now -> alive));
        if (online) {
            run.steps()
                    .forEach(record ->
                            out.println("  " + OnlineJournal.words(record.step(), json) + ": " + times.end(record)));
        } else {
            tellPhases(run, times, out);
        }
        out.println("In all: " + times.total(run) + (alive ? " so far." : "."));
        if (!alive) {
            out.println((online
                            ? "Start masterha_master_switch --master_state=alive to undo or finish it."
                            : "Start masterha_manager or masterha_master_switch to finish it.")
                    + " Its journal is " + files.journal() + ".");
        }
    }

    private void tellPhases(JournalContent run, StepTimes times, PrintStream out) {
        Map<String, List<StepRecord>> phases = new LinkedHashMap<>();
        List<Phase> each = StepTimes.phases(run.steps().stream()
                .map(record -> json.read(record.step(), Step.class))
                .toList());
        for (int n = 0; n < each.size(); n++) {
            phases.computeIfAbsent(StepTimes.heading(each.get(n)), p -> new ArrayList<>())
                    .add(run.steps().get(n));
        }
        phases.forEach((heading, steps) -> {
            out.println("  " + heading + ", " + times.span(steps) + ":");
            steps.forEach(record ->
                    out.println("    " + FailoverJournal.words(record.step(), json) + ": " + times.end(record)));
        });
    }
}
