package io.mha4j.config;

import io.mha4j.base.MhaException;
import java.util.List;
import java.util.stream.Collectors;

/** The operator's configuration cannot be used. Carries every problem found, so that one run shows them all. */
public final class ConfigException extends MhaException {
    private final transient List<Problem> problems;

    /** The message is one line per problem. */
    public ConfigException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** At least one, in the order in which they were found. */
    public List<Problem> problems() {
        return problems;
    }

    /** Throws when there are problems: all of them, once. */
    public static void rejectIfAny(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }
}
