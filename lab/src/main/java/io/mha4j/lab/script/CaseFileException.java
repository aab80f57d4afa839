package io.mha4j.lab.script;

import io.mha4j.base.MhaException;
import java.util.List;
import java.util.stream.Collectors;

/** A case file cannot be understood; the message holds every problem of it, one per line. */
public final class CaseFileException extends MhaException {
    /** What is wrong at one line. */
    public record Problem(String file, int line, String text) {
        @Override
        public String toString() {
            return file + ":" + line + ": " + text;
        }
    }

    private final transient List<Problem> problems;

    CaseFileException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
