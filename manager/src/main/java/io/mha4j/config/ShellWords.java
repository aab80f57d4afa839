package io.mha4j.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Splits text into words as {@code sh} does: blanks separate, single and double quotes and the backslash protect.
 * Nothing is expanded: no variables, no patterns, no command substitution.
 */
public final class ShellWords {
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private char quote;

    private ShellWords() {}

    /** The words; nothing when a quote stays open or the text ends in a backslash. */
    public static Optional<List<String>> split(String text) {
        ShellWords splitter = new ShellWords();
        int at = 0;
        while (at < text.length()) {
            at = splitter.accept(text, at);
            if (at < 0) {
                return Optional.empty();
            }
        }
        return splitter.quote == 0 ? Optional.of(splitter.finished()) : Optional.empty();
    }

    /** Takes the character at {@code at} and answers where to go on, -1 when an escaped character is missing. */
    private int accept(String text, int at) {
        char c = text.charAt(at);
        if (c == '\\' && escapes(text, at)) {
            if (at + 1 == text.length()) {
                return -1;
            }
            add(text.charAt(at + 1));
            return at + 2;
        }
        if (quote != 0 && c == quote) {
            quote = 0;
        } else if (quote == 0 && (c == '\'' || c == '"')) {
            quote = c;
            inWord = true;
        } else if (quote == 0 && Character.isWhitespace(c)) {
            endWord();
        } else {
            add(c);
        }
        return at + 1;
    }

    /** In single quotes never; in double quotes only before the characters that POSIX names. */
    private boolean escapes(String text, int at) {
        if (quote == '\'') {
            return false;
        }
        return quote == 0 || (at + 1 < text.length() && "\"\\$`".indexOf(text.charAt(at + 1)) >= 0);
    }

    private void add(char c) {
        word.append(c);
        inWord = true;
    }

    private void endWord() {
        if (inWord) {
            words.add(word.toString());
            word.setLength(0);
            inWord = false;
        }
    }

    private List<String> finished() {
        endWord();
        return List.copyOf(words);
    }
}
