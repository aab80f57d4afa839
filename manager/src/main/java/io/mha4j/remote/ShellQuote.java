package io.mha4j.remote;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The one place that turns words into text for a POSIX shell; every string without NUL arrives in the program unharmed.
 */
public final class ShellQuote {
    private static final String PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:=@%+,";

    private ShellQuote() {}

    /**
     * Answers {@code word} as one shell word; words of letters, digits and {@code -_./:=@%+,} stay as they are.
     *
     * @throws IllegalArgumentException if {@code word} holds NUL, which no program argument can
     */
    public static String word(String word) {
        return !word.isEmpty() && word.chars().allMatch(ShellQuote::isPlain) ? word : quoted(word);
    }

    /**
     * Answers a command line that runs the program {@code argv[0]} with the rest as its arguments. The program's name is
     * always quoted, so that it can be neither an alias, a reserved word nor an assignment.
     *
     * @throws IllegalArgumentException if {@code argv} is empty or a word holds NUL
     */
    public static String command(List<String> argv) {
        if (argv.isEmpty()) {
            throw new IllegalArgumentException("a command needs a program");
        }
        String arguments = argv.stream().skip(1).map(a -> " " + word(a)).collect(Collectors.joining());
        return quoted(argv.get(0)) + arguments;
    }

    private static String quoted(String word) {
        if (word.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a program argument cannot hold NUL");
        }
        return "'" + word.replace("'", "'\\''") + "'";
    }

    private static boolean isPlain(int c) {
        return PLAIN.indexOf(c) >= 0;
    }
}
