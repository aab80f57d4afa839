package io.mha4j.cli.online;

import io.mha4j.cli.command.Command;
import io.mha4j.cli.command.ConfigOptions;
import io.mha4j.cli.command.Option;
import io.mha4j.cli.command.Options;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.cli.command.Terminal;
import io.mha4j.config.Application;
import io.mha4j.decision.FailoverWishes.HostPort;
import io.mha4j.report.EventLog;
import io.mha4j.report.Level;
import io.mha4j.report.StateFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code masterha switch-plan}: the dry run of an online switch. Exit status 0: nothing speaks against it; 1 else. */
public final class SwitchPlanCommand implements Command {
    private static final Option<Optional<String>> NEW_MASTER_HOST =
            Option.text("new_master_host", "host", "Only this slave may become the master.");
    private static final Option<Integer> NEW_MASTER_PORT = Option.number("new_master_port", 3306, "Its port.");
    private static final Option<Duration> SECONDS_BEHIND =
            Option.seconds("seconds_behind_master", 30, "A slave that is further behind speaks against the switch.");

    private static final Option<Boolean> SKIP_CHANGE_MASTER =
            Option.flag("skip_change_master", "Slaves would be left as they are.");
    private static final Option<Optional<String>> WORKDIR = Option.text(
                    "manager_workdir", "directory", "Directory of status and flag files, instead of the parameter.")
            .orAs("workdir");

    @Override
    public List<Option<?>> options() {
        List<Option<?>> all = new ArrayList<>(List.of(
                ConfigOptions.CONF,
                ConfigOptions.GLOBAL_CONF,
                NEW_MASTER_HOST,
                NEW_MASTER_PORT,
                SECONDS_BEHIND,
                SKIP_CHANGE_MASTER,
                WORKDIR));
        all.addAll(SwitchOptions.ALL);
        return List.copyOf(all);
    }

    @Override
    public int run(Options options, Terminal terminal) {
        Application app = ConfigOptions.load(options).application();
        EventLog log =
                EventLog.toStream(terminal.out(), Level.parse(app.logLevel()), SystemTime.CLOCK, SystemTime.zone());
        int port = options.get(NEW_MASTER_PORT);
        AliveSwitch.Request request = new AliveSwitch.Request(
                SwitchOptions.wishes(
                        options,
                        options.get(NEW_MASTER_HOST).map(host -> new HostPort(host, port)),
                        options.get(SECONDS_BEHIND),
                        !options.get(SKIP_CHANGE_MASTER)),
                false,
                false,
                false,
                true,
                false);
        StateFiles files = new StateFiles(Path.of(options.get(WORKDIR).orElse(app.workdir())), app.name());
        return new AliveSwitch(new AliveSwitch.Place(app, log, files), terminal, request).run(work -> 1);
    }
}
