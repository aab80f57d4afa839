package io.mha4j.cli.pause;

import io.mha4j.cli.command.Command;
import io.mha4j.cli.command.ConfigOptions;
import io.mha4j.cli.command.Option;
import io.mha4j.cli.command.Options;
import io.mha4j.cli.command.Terminal;
import java.util.List;

/** {@code masterha resume}: ends a pause. */
public final class ResumeCommand implements Command {
    @Override
    public List<Option<?>> options() {
        return List.of(ConfigOptions.CONF, ConfigOptions.GLOBAL_CONF, PauseOptions.WORKDIR);
    }

    @Override
    public int run(Options options, Terminal terminal) {
        PauseOptions.Meant meant = PauseOptions.meant(options, terminal);
        terminal.out()
                .println(
                        meant.app() + (meant.file().end() ? ": the manager may act again" : ": acting was not paused"));
        return 0;
    }
}
