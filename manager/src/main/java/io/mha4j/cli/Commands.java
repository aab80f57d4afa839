package io.mha4j.cli;

import java.util.List;

/** Every command there is. A new one is one more entry here. */
final class Commands {
    static final List<CommandEntry> ALL = List.of();

    private Commands() {}
}
