package io.mha4j.lab.script;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of one line, taken from left to right. What is missing or wrong is a {@link SyntaxError}. */
final class Words {
    private static final Pattern DURATION = Pattern.compile("([0-9]+)(ms|s|min)");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

    private String left;

    Words(String text) {
        this.left = text.strip();
    }

    boolean hasMore() {
        return !left.isEmpty();
    }

    /** The next word, to be taken later. */
    String peek() {
        return left.split("\\s+", 2)[0];
    }

    String next(String what) {
        if (left.isEmpty()) {
            throw new SyntaxError(what + " is missing");
        }
        String[] parts = left.split("\\s+", 2);
        left = parts.length > 1 ? parts[1] : "";
        return parts[0];
    }

    /** Takes {@code word} if it comes next. */
    boolean take(String word) {
        boolean there = hasMore() && peek().equals(word);
        if (there) {
            next(word);
        }
        return there;
    }

    void require(String word) {
        if (!take(word)) {
            throw new SyntaxError("'" + word + "' is missing" + (hasMore() ? " before '" + peek() + "'" : ""));
        }
    }

    /** All that is left, as it stands. */
    String rest(String what) {
        if (left.isEmpty()) {
            throw new SyntaxError(what + " is missing");
        }
        String rest = left;
        left = "";
        return rest;
    }

    String name(String what) {
        String word = next(what);
        if (!NAME.matcher(word).matches()) {
            throw new SyntaxError(what + " '" + word + "': small letters, digits and _ are allowed");
        }
        return word;
    }

    long number(String what) {
        return toNumber(next(what), what);
    }

    int count(String what) {
        long number = number(what);
        if (number < 1 || number > 1_000_000) {
            throw new SyntaxError(what + " " + number + ": 1 to 1000000 is allowed");
        }
        return (int) number;
    }

    Duration duration(String what) {
        String word = next(what);
        Matcher matcher = DURATION.matcher(word);
        if (!matcher.matches()) {
            throw new SyntaxError(what + " '" + word + "': a number with ms, s or min is needed, as in 20s");
        }
        long number = toNumber(matcher.group(1), what);
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            default -> Duration.ofMinutes(number);
        };
    }

    void end() {
        if (hasMore()) {
            throw new SyntaxError("'" + left + "' is too much here");
        }
    }

    static long toNumber(String word, String what) {
        if (!word.matches("[0-9]{1,15}")) {
            throw new SyntaxError(what + " '" + word + "' is no number");
        }
        return Long.parseLong(word);
    }
}
