package io.mha4j.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values as they stand in a configuration file.
 *
 * <p>A value may be wrapped in single or double quotes; then everything inside is the value, a comment sign too. The
 * closing quote is the one that ends the line or stands before an inline comment (blank, semicolon, blank). A quote
 * that would be mistaken for that closing one is written twice. Outside quotes an inline comment is dropped and blanks
 * around the value are trimmed; a quote at one end only is part of the value. MHA 0.58 (Config.pm, Config::Tiny) drops
 * inline comments inside quotes too and takes away a closing quote that was never opened.
 */
final class Quoting {
    private static final Pattern COMMENT = Pattern.compile("\\s;\\s.+$");

    /** What a comment that somebody adds behind the value later could run into. */
    private static final Pattern NEAR_COMMENT = Pattern.compile("(^|\\s);");

    private Quoting() {}

    /** @param quoted whether quotes were taken away: such a value is meant literally */
    record Value(String text, boolean quoted) {
        /** Does not show the text: it may be a password. */
        @Override
        public String toString() {
            return "***";
        }
    }

    /** The value that {@code raw}, the text right of the equals sign, stands for. */
    static Value read(String raw) {
        String text = raw.strip();
        if (isQuote(text)) {
            int close = closing(text);
            if (close > 0) {
                return new Value(undouble(text.substring(1, close + 1), text.charAt(0)), true);
            }
        }
        return new Value(withoutComment(raw).strip(), false);
    }

    /** The value of a line that cannot hold a comment, such as the output of a script. */
    static Value readWithoutComment(String raw) {
        String text = raw.strip();
        boolean quoted = isQuote(text) && text.length() > 1 && text.charAt(text.length() - 1) == text.charAt(0);
        return quoted ? new Value(text.substring(1, text.length() - 1), true) : new Value(text, false);
    }

    /** {@code line} up to an inline comment. */
    static String withoutComment(String line) {
        return COMMENT.matcher(line).replaceFirst("");
    }

    /**
     * How {@code value} is written so that {@link #read} answers it again; quoted only where it must be.
     *
     * @throws IllegalArgumentException if it holds a line break, which no line of the file can carry
     */
    static String write(String value) {
        if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
            throw new IllegalArgumentException("a value of a configuration file cannot hold a line break");
        }
        Value asIs = read(value);
        boolean survivesComment =
                !value.isEmpty() && !NEAR_COMMENT.matcher(value).find();
        if (survivesComment && !asIs.quoted() && asIs.text().equals(value)) {
            return value;
        }
        char quote = value.indexOf('"') < 0 ? '"' : '\'';
        return quote + doubled(quote).matcher(value + quote).replaceAll("$0" + quote);
    }

    private static boolean isQuote(String text) {
        return !text.isEmpty() && (text.charAt(0) == '\'' || text.charAt(0) == '"');
    }

    /** Index of the quote that closes the one at 0, or -1. */
    private static int closing(String text) {
        char quote = text.charAt(0);
        Matcher beforeComment = doubled(quote).matcher(text).region(1, text.length());
        while (beforeComment.find()) {
            if (beforeComment.end() - beforeComment.start() == 1) {
                return beforeComment.start();
            }
        }
        int last = text.length() - 1;
        return last > 0 && text.charAt(last) == quote ? last : -1;
    }

    /** @param closed the value with its closing quote, which counts as text behind a comment sign as it does in the line */
    private static String undouble(String closed, char quote) {
        String value = Pattern.compile(quote + "(" + quote + "+)(?=\\s+;\\s.)")
                .matcher(closed)
                .replaceAll("$1");
        return value.substring(0, value.length() - 1);
    }

    /** A run of quotes right before something that reads as an inline comment. */
    private static Pattern doubled(char quote) {
        return Pattern.compile("(?<!" + quote + ")" + quote + "+(?=\\s+;\\s.)");
    }
}
