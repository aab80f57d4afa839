package io.mha4j.cli.topology;

import io.mha4j.base.InterruptedWork;
import io.mha4j.cli.command.Command;
import io.mha4j.cli.command.ConfigOptions;
import io.mha4j.cli.command.Option;
import io.mha4j.cli.command.Options;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.cli.command.Terminal;
import io.mha4j.config.Application;
import io.mha4j.monitor.TreeLook;
import io.mha4j.report.PauseFile;
import io.mha4j.report.StateFiles;
import io.mha4j.report.json.JsonForm;
import io.mha4j.topology.Prior;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** {@code masterha topology}: draws the tree. Exit status 0: it is a tree; 1: it is none, with every reason. */
public final class TopologyCommand implements Command {
    private static final Option<Boolean> JSON = Option.flag("json", "As JSON.");
    private static final Option<Duration> WATCH =
            Option.seconds("watch", 0, "Draw it again every so many seconds, until interrupted. 0: once.");

    @Override
    public List<Option<?>> options() {
        return List.of(ConfigOptions.CONF, ConfigOptions.GLOBAL_CONF, JSON, WATCH);
    }

    @Override
    public int run(Options options, Terminal terminal) {
        Application app = ConfigOptions.load(options).application();
        Duration pause = options.get(WATCH);
        int status = show(app, options, terminal);
        while (!pause.isZero()) {
            sleep(pause);
            terminal.out().println();
            status = show(app, options, terminal);
        }
        return status;
    }

    private static int show(Application app, Options options, Terminal terminal) {
        try {
            TreeLook.Seen seen = new TreeLook(SystemTime.TICKS, SystemTime.CLOCK).at(app, Prior.NOTHING);
            StateFiles files = new StateFiles(Path.of(app.workdir()), app.name());
            TreeView view = TreeView.of(app, new PauseFile(files, SystemTime.CLOCK).shown(), seen.tree());
            if (options.get(JSON)) {
                terminal.out().println(new JsonForm().pretty(view));
            } else {
                view.lines().forEach(terminal.out()::println);
            }
            return 0;
        } catch (TreeLook.NoTree e) {
            terminal.err().println(e.getMessage());
            return 1;
        }
    }

    private static void sleep(Duration pause) {
        try {
            SystemTime.SLEEPER.sleep(pause);
        } catch (InterruptedException e) {
            throw InterruptedWork.during("watching the tree", e);
        }
    }
}
