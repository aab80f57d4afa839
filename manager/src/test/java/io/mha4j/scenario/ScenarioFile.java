package io.mha4j.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The text of one file, cut into cases: each begins with its title after {@code #} and has a line {@code ----}. */
record ScenarioFile(Path path, List<Case> cases) {
    private static final String RULE = "----";

    /**
     * @param where    file and line, for messages
     * @param title    the lines after {@code #} in one
     * @param given    the upper half as written, titles included
     * @param expected the lower half as written
     */
    record Case(String where, String title, List<String> given, List<String> expected) {
        Scenario scenario() {
            return ScenarioReader.read(
                    where, title, given.stream().filter(l -> !l.startsWith("#")).toList());
        }
    }

    static ScenarioFile read(Path path) {
        try {
            return new ScenarioFile(path, cut(path.getFileName().toString(), Files.readAllLines(path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Case> cut(String name, List<String> lines) {
        List<Case> cases = new ArrayList<>();
        int line = 0;
        while (line < lines.size()) {
            if (lines.get(line).isBlank()) {
                line++;
                continue;
            }
            int rule = next(lines, line, RULE);
            int end = next(lines, rule + 1, "#");
            if (rule == lines.size() || !beginsWithItsTitle(lines.subList(line, rule))) {
                throw new IllegalArgumentException(
                        name + ":" + (line + 1) + ": a case is a title after #, facts, a line ----, what follows");
            }
            cases.add(one(name + ":" + (line + 1), lines.subList(line, rule), lines.subList(rule + 1, end)));
            line = end;
        }
        rejectSameTitles(name, cases);
        return cases;
    }

    /** A second title before the rule means that the first case has none. */
    private static boolean beginsWithItsTitle(List<String> given) {
        return given.get(0).startsWith("#")
                && given.stream().dropWhile(l -> l.startsWith("#")).noneMatch(l -> l.startsWith("#"));
    }

    private static int next(List<String> lines, int from, String start) {
        int line = from;
        while (line < lines.size() && !lines.get(line).startsWith(start)) {
            line++;
        }
        return line;
    }

    private static Case one(String where, List<String> given, List<String> expected) {
        List<String> titles = given.stream()
                .takeWhile(l -> l.startsWith("#"))
                .map(l -> l.substring(1).strip())
                .toList();
        return new Case(where, String.join(" ", titles), List.copyOf(given), List.copyOf(expected));
    }

    private static void rejectSameTitles(String name, List<Case> cases) {
        Set<String> seen = new HashSet<>();
        for (Case one : cases) {
            if (!seen.add(one.title())) {
                throw new IllegalArgumentException(name + ": two cases are called '" + one.title() + "'");
            }
        }
    }

    /** Writes what the handler computes into the lower halves. */
    void rewrite(Scenarios.Handler handler) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Case one : cases) {
            String answer = handler.answer(one.scenario()).strip();
            if (answer.lines().anyMatch(l -> l.startsWith("#"))) {
                throw new IllegalArgumentException(one.where() + ": the answer has a line that looks like a title");
            }
            text.append(text.isEmpty() ? "" : "\n");
            one.given().forEach(l -> text.append(l.stripTrailing()).append('\n'));
            text.append(RULE).append('\n').append(answer).append('\n');
        }
        Files.writeString(path, text);
    }
}
