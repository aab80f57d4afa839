package io.mha4j.config;

import io.mha4j.config.Lines.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The text of a configuration file as something to edit: whatever an edit does not concern, comments, order and blanks
 * included, stays as the operator wrote it, byte for byte. (MHA 0.58 writes the file anew from its parsed form.)
 */
public record ConfigText(String text) {
    /** Does not show the text: it may hold passwords. */
    @Override
    public String toString() {
        return text.length() + " characters of configuration";
    }

    /** The first line, from 1, with a character beyond ASCII in a comment. */
    public OptionalInt commentBeyondAscii() {
        return first(line -> !isAscii(line.content()) && isAscii(meant(line)));
    }

    /** The first line, from 1, with a character beyond ASCII in what is no comment. */
    public OptionalInt entryBeyondAscii() {
        return first(line -> !isAscii(meant(line)));
    }

    private OptionalInt first(Predicate<Line> wanted) {
        List<Line> lines = Lines.of(text);
        return IntStream.range(0, lines.size())
                .filter(at -> wanted.test(lines.get(at)))
                .map(at -> at + 1)
                .findFirst();
    }

    /** What stands in a line, without its comment. */
    private static String meant(Line line) {
        String content = line.content();
        if (line.isComment()) {
            return "";
        }
        int equals = content.indexOf('=');
        return IniFile.header(content).isPresent() || equals < 0
                ? Quoting.withoutComment(content)
                : content.substring(0, equals)
                        + Quoting.read(content.substring(equals + 1)).text();
    }

    private static boolean isAscii(String some) {
        return some.chars().allMatch(c -> c < 0x80);
    }

    /** The value that is meant by {@code raw}, right of an equals sign: without blanks around it, and a pair of quotes. */
    public static String value(String raw) {
        return Quoting.readWithoutComment(raw).text();
    }

    /** Whether a section of that name stands in it. */
    public boolean has(String section) {
        return Lines.of(text).stream().anyMatch(line -> isHeaderOf(section, line));
    }

    /**
     * The text without a section, which ends with its last entry: comments behind that belong to what follows. The same
     * text when there is no such section.
     */
    public ConfigText without(String section) {
        List<Line> kept = new ArrayList<>(Lines.of(text));
        for (int at = kept.size() - 1; at >= 0; at--) {
            if (isHeaderOf(section, kept.get(at))) {
                int end = endOf(kept, at);
                boolean blankBefore = at == 0 || kept.get(at - 1).isBlank();
                while (blankBefore && end < kept.size() && kept.get(end).isBlank()) {
                    end++;
                }
                kept.subList(at, end).clear();
            }
        }
        return new ConfigText(
                kept.stream().map(line -> line.content() + line.end()).collect(Collectors.joining()));
    }

    /**
     * The text with one more section at its end.
     *
     * @param entries values as they shall be read again; quotes are added where they need them
     * @throws IllegalArgumentException if there is such a section already, or a value cannot be written
     */
    public ConfigText with(String section, Map<String, String> entries) {
        if (has(section)) {
            throw new IllegalArgumentException("[" + section + "] stands already in the configuration");
        }
        List<Line> lines = Lines.of(text);
        String end = lines.stream()
                .map(Line::end)
                .findFirst()
                .filter(e -> !e.isEmpty())
                .orElse("\n");
        StringBuilder longer = new StringBuilder(text);
        if (!lines.isEmpty()) {
            Line last = lines.get(lines.size() - 1);
            longer.append(last.end().isEmpty() ? end : "").append(last.isBlank() ? "" : end);
        }
        longer.append("[").append(section).append("]").append(end);
        entries.forEach((name, value) ->
                longer.append(name).append("=").append(Quoting.write(value)).append(end));
        return new ConfigText(longer.toString());
    }

    /** Index behind the last line that belongs to the section whose header is at {@code header}. */
    private static int endOf(List<Line> lines, int header) {
        int end = header + 1;
        for (int at = header + 1; at < lines.size(); at++) {
            Line line = lines.get(at);
            if (line.isComment() || line.isBlank()) {
                continue;
            }
            if (IniFile.header(line.content()).isPresent()) {
                break;
            }
            end = at + 1;
        }
        return end;
    }

    private static boolean isHeaderOf(String section, Line line) {
        return !line.isComment() && IniFile.header(line.content()).equals(Optional.of(section));
    }
}
