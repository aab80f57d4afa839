package io.mha4j.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong and what is odd while configuration is read; each finding once. Used by one thread. */
public final class Findings {
    private final Set<Problem> problems = new LinkedHashSet<>();
    private final Set<String> warnings = new LinkedHashSet<>();

    /** Notes what keeps the configuration from being used. */
    public void problem(Problem problem) {
        problems.add(problem);
    }

    /** The same about a place. */
    public void problem(Origin at, String text) {
        problems.add(
                at instanceof Origin.Line line
                        ? new Problem(line.file(), line.line(), text)
                        : new Problem(at.text(), 0, text));
    }

    /** Notes what the operator should know though it is no error. */
    public void warning(String text) {
        warnings.add(text);
    }

    /** The same about a place. */
    public void warning(Origin at, String text) {
        warnings.add(at.text() + ": " + text);
    }

    public List<Problem> problems() {
        return new ArrayList<>(problems);
    }

    public List<String> warnings() {
        return new ArrayList<>(warnings);
    }
}
