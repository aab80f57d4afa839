package io.mha4j.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text as lines that still know how they ended, so that an edit leaves the other lines as they were. */
final class Lines {
    private static final Pattern END = Pattern.compile("\r{1,2}\n|\r|\n");

    private Lines() {}

    /** @param end the line's terminator; empty for a last line without one */
    record Line(String content, String end) {
        boolean isBlank() {
            return content.isBlank();
        }

        boolean isComment() {
            String text = content.strip();
            return text.startsWith("#") || text.startsWith(";");
        }
    }

    static List<Line> of(String text) {
        List<Line> lines = new ArrayList<>();
        Matcher end = END.matcher(text);
        int start = 0;
        while (end.find()) {
            lines.add(new Line(text.substring(start, end.start()), end.group()));
            start = end.end();
        }
        if (start < text.length()) {
            lines.add(new Line(text.substring(start), ""));
        }
        return lines;
    }
}
