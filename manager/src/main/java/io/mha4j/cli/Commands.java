package io.mha4j.cli;

import java.util.List;

/** Every command there is. A new one is one more entry here. */
final class Commands {
    static final List<CommandEntry> ALL = List.of(CommandEntry.ofOurs(
            "config", "Show the effective configuration and where each value came from.", ConfigCommand::new));

    private Commands() {}
}
