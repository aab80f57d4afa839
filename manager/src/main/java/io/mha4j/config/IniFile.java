package io.mha4j.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One configuration file as it stands: sections and entries with their line numbers, no meaning yet.
 *
 * <p>The format is that of MHA 0.58 (Config::Tiny): {@code [section]}, {@code key = value} split at the first equals
 * sign, lines starting with {@code #} or {@code ;} are comments, quoting as told in the parameter reference.
 *
 * @param file     how messages name it
 * @param sections in file order; a name may occur more than once, which {@link ConfigReader} reports
 * @param problems lines that are nothing of the above; their text is not repeated, it may be a mistyped password
 */
public record IniFile(String file, List<Section> sections, List<Problem> problems) {
    public IniFile {
        sections = List.copyOf(sections);
        problems = List.copyOf(problems);
    }

    /** @param line where its header stands */
    public record Section(String name, int line, List<Entry> entries) {
        public Section {
            entries = List.copyOf(entries);
        }
    }

    /**
     * @param value  after quotes and comments are taken away
     * @param quoted whether it stood in quotes
     */
    public record Entry(String key, String value, boolean quoted, int line) {
        /** Does not show the value: it may be a password. */
        @Override
        public String toString() {
            return key + " in line " + line;
        }
    }

    /** Reads {@code text}; never fails, what is wrong is in {@link #problems}. */
    public static IniFile parse(String file, String text) {
        Parser parser = new Parser(file);
        int number = 0;
        for (Lines.Line line : Lines.of(text)) {
            number++;
            if (!line.isBlank() && !line.isComment()) {
                parser.accept(line.content(), number);
            }
        }
        return parser.end();
    }

    /** The name between the brackets when {@code line} is a section header. */
    static Optional<String> header(String line) {
        String text = Quoting.withoutComment(line).strip();
        boolean bracketed = text.length() > 2 && text.startsWith("[") && text.endsWith("]");
        return bracketed
                ? Optional.of(text.substring(1, text.length() - 1).strip()).filter(name -> !name.isEmpty())
                : Optional.empty();
    }

    private static final class Parser {
        private final String file;
        private final List<Section> sections = new ArrayList<>();
        private final List<Problem> problems = new ArrayList<>();
        private final List<Entry> entries = new ArrayList<>();
        private Optional<Section> open = Optional.empty();

        Parser(String file) {
            this.file = file;
        }

        void accept(String line, int number) {
            Optional<String> header = header(line);
            int equals = line.indexOf('=');
            if (header.isPresent()) {
                close();
                open = Optional.of(new Section(header.get(), number, List.of()));
            } else if (line.substring(0, Math.max(0, equals)).isBlank()) {
                problems.add(new Problem(
                        file, number, "neither a comment, a [section] nor name=value; correct it or put # before it"));
            } else if (open.isEmpty()) {
                problems.add(new Problem(
                        file, number, line.substring(0, equals).strip() + " stands before the first [section]"));
            } else {
                Quoting.Value value = Quoting.read(line.substring(equals + 1));
                entries.add(new Entry(line.substring(0, equals).strip(), value.text(), value.quoted(), number));
            }
        }

        IniFile end() {
            close();
            return new IniFile(file, sections, problems);
        }

        private void close() {
            open.ifPresent(section -> sections.add(new Section(section.name(), section.line(), entries)));
            entries.clear();
        }
    }
}
