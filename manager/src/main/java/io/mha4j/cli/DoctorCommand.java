package io.mha4j.cli;

import io.mha4j.cli.check.CheckRun;
import io.mha4j.cli.check.DoctorPage;
import io.mha4j.cli.check.FindingsJson;
import io.mha4j.cli.command.Command;
import io.mha4j.cli.command.ConfigOptions;
import io.mha4j.cli.command.Option;
import io.mha4j.cli.command.Options;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.cli.command.Terminal;
import io.mha4j.config.Application;
import io.mha4j.config.ConfigException;
import io.mha4j.decision.check.CheckFacts;
import io.mha4j.report.EventLog;
import io.mha4j.report.Level;
import io.mha4j.report.StateFiles;
import java.nio.file.Path;
import java.util.List;

/** {@code masterha doctor}: all checks as a page for people. 0 when nothing fails {@code masterha_check_repl}, else 1. */
final class DoctorCommand implements Command {
    private static final Option<Boolean> JSON =
            Option.flag("json", "Print JSON instead of text.").beyondMha();

    @Override
    public List<Option<?>> options() {
        return List.of(
                ConfigOptions.CONF,
                ConfigOptions.GLOBAL_CONF,
                ManagerOptions.SECONDS_BEHIND,
                ManagerOptions.SKIP_SSH_CHECK,
                ManagerOptions.WORKDIR,
                JSON);
    }

    @Override
    public int run(Options options, Terminal terminal) {
        String conf = options.get(ConfigOptions.CONF);
        CheckRun.Outcome outcome = outcome(options, terminal);
        if (options.get(JSON)) {
            FindingsJson.print(Application.nameOf(conf), outcome, terminal.out());
        } else {
            terminal.out().print(DoctorPage.of(conf, outcome));
        }
        return outcome.healthy() ? 0 : 1;
    }

    private static CheckRun.Outcome outcome(Options options, Terminal terminal) {
        try {
            Application app = ConfigOptions.load(options).application();
            Path workdir = Path.of(options.get(ManagerOptions.WORKDIR).orElse(app.workdir()));
            EventLog log = EventLog.toStream(terminal.err(), Level.parse("error"), SystemTime.CLOCK, SystemTime.zone());
            CheckFacts.Wishes wishes = new CheckFacts.Wishes(true, options.get(ManagerOptions.SECONDS_BEHIND), false);
            return new CheckRun(app, new StateFiles(workdir, app.name()), log)
                    .run(wishes, !options.get(ManagerOptions.SKIP_SSH_CHECK));
        } catch (ConfigException e) {
            return CheckRun.Outcome.of(e);
        }
    }
}
