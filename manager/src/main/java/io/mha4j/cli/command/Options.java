package io.mha4j.cli.command;

import java.util.List;
import java.util.Map;

/** The options of one command line. */
public final class Options {
    private final Map<String, List<String>> given;
    private final List<String> operands;

    Options(Map<String, List<String>> given, List<String> operands) {
        this.given = Map.copyOf(given);
        this.operands = List.copyOf(operands);
    }

    /** What stood on the command line besides options, in order. */
    public List<String> operands() {
        return operands;
    }

    /**
     * The value of an option of this command, or what it is when not given.
     *
     * @throws UsageException if the value is not allowed, or a mandatory one is missing
     */
    public <T> T get(Option<T> option) {
        return option.read(given.getOrDefault(option.name(), List.of()));
    }

    /** Whether the option stands on the command line. */
    public boolean has(Option<?> option) {
        return given.containsKey(option.name());
    }
}
