package io.mha4j.lab.script;

import io.mha4j.lab.script.CaseFile.Line;
import io.mha4j.lab.script.CaseFileException.Problem;
import io.mha4j.lab.script.Step.Setting;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a case file; all of its problems are reported together. */
public final class CaseReader {
    private static final String BODY = "----";
    private static final String DEFAULT_SECTION = "server default";

    private final String name;
    private final String file;
    private final HeadReader head;
    private final List<String> kinds;
    private final List<String> description = new ArrayList<>();
    private final List<Line> steps = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private Optional<StepGrammar> body = Optional.empty();
    private String section = DEFAULT_SECTION;
    private int number;

    private CaseReader(String name, String file, List<String> kinds) {
        this.name = name;
        this.file = file;
        this.kinds = kinds;
        this.head = new HeadReader(kinds);
    }

    /**
     * Reads {@code text}.
     *
     * @param name  of the case
     * @param file  as messages shall name it
     * @param kinds names of all server kinds
     * @throws CaseFileException with every problem found
     */
    public static CaseFile read(String name, String file, String text, List<String> kinds) {
        return new CaseReader(name, file, kinds).read(text);
    }

    private CaseFile read(String text) {
        text.lines().forEach(this::line);
        if (steps.isEmpty() && head.probe().isEmpty() && problems.isEmpty()) {
            report("a case needs steps below " + BODY + ", or a probe");
        }
        if (description.isEmpty()) {
            report("a case begins with comment lines that say what it shows");
        }
        if (!problems.isEmpty()) {
            throw new CaseFileException(problems);
        }
        return new CaseFile(name, description, head.head(), head.probe(), steps);
    }

    private void line(String line) {
        number++;
        try {
            if (line.isBlank()) {
                return;
            }
            if (line.startsWith("#")) {
                comment(line);
            } else if (line.strip().equals(BODY) && body.isEmpty()) {
                body = Optional.of(new StepGrammar(head.scope()));
            } else if (body.isEmpty()) {
                head.line(line);
            } else if (Character.isWhitespace(line.charAt(0))) {
                below(body.get(), line.strip());
            } else {
                step(body.get(), line.strip());
            }
        } catch (SyntaxError e) {
            report(e.what());
        }
    }

    private void comment(String line) {
        if (body.isEmpty()) {
            description.add(line.substring(1).strip());
        }
    }

    private void step(StepGrammar grammar, String line) {
        Guard guard = Guard.ALWAYS;
        String rest = line;
        if (line.startsWith("[")) {
            int close = line.indexOf(']');
            if (close < 0) {
                throw new SyntaxError("']' is missing");
            }
            guard = guard(line.substring(1, close));
            rest = line.substring(close + 1);
        }
        section = DEFAULT_SECTION;
        steps.add(new Line(number, line, guard, grammar.step(rest)));
    }

    private Guard guard(String words) {
        Set<String> known =
                new LinkedHashSet<>(List.of("gtid", "file", "mysql", "mariadb", "row", "mixed", "statement"));
        known.addAll(kinds);
        Set<String> said = new LinkedHashSet<>(List.of(words.strip().split("\\s+")));
        said.stream().filter(word -> !known.contains(word)).findFirst().ifPresent(word -> {
            throw new SyntaxError("guard '" + word + "' is none of " + String.join(", ", known));
        });
        return new Guard(said);
    }

    /** An indented line continues the config step above it. */
    private void below(StepGrammar grammar, String line) {
        Line last = steps.isEmpty() ? null : steps.get(steps.size() - 1);
        if (last == null || !(last.step() instanceof Step.Config config)) {
            throw new SyntaxError("only lines below config are indented");
        }
        if (line.startsWith("#")) {
            return;
        }
        if (line.startsWith("[") && line.endsWith("]")) {
            section = line.substring(1, line.length() - 1).strip();
            return;
        }
        List<Setting> settings = new ArrayList<>(config.settings());
        settings.add(grammar.setting(section, line));
        Step.Config longer = new Step.Config(config.name(), config.without(), settings);
        steps.set(steps.size() - 1, new Line(last.number(), last.text(), last.guard(), longer));
    }

    private void report(String what) {
        problems.add(new Problem(file, Math.max(1, number), what));
    }
}
