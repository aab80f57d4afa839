package io.mha4j.cli.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * One option of a command: its names, whether it takes a value, how the value is typed, its text for {@code --help}.
 * Commands keep their options as constants and ask {@link Options#get} for the values. For an option given more than
 * once the last value counts, except for {@link #texts}.
 */
public final class Option<T> {
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");

    private static final Pattern OFFSET = Pattern.compile("[0-9]{1,18}");

    private final List<String> names;
    private final Optional<String> label;
    private final String help;
    private final Function<List<String>, T> read;
    private final boolean beyondMha;

    private Option(
            List<String> names,
            Optional<String> label,
            String help,
            Function<List<String>, T> read,
            boolean beyondMha) {
        this.names = List.copyOf(names);
        this.label = label;
        this.help = help;
        this.read = read;
        this.beyondMha = beyondMha;
    }

    /** Given or not. */
    public static Option<Boolean> flag(String name, String help) {
        return new Option<>(List.of(name), Optional.empty(), help, given -> !given.isEmpty(), false);
    }

    /** @param label what stands for the value in the help, for example {@code host} */
    public static Option<Optional<String>> text(String name, String label, String help) {
        return new Option<>(List.of(name), Optional.of(label), help, Option::last, false);
    }

    /** Text that must be given. */
    public static Option<String> mandatory(String name, String label, String help) {
        return new Option<>(
                List.of(name),
                Optional.of(label),
                help,
                given -> last(given).orElseThrow(() -> UsageException.missing(name + "=<" + label + ">")),
                false);
    }

    /** Every value given, in order. */
    public static Option<List<String>> texts(String name, String label, String help) {
        return new Option<>(List.of(name), Optional.of(label), help, List::copyOf, false);
    }

    /** A whole number, not negative. */
    public static Option<Integer> number(String name, int otherwise, String help) {
        return new Option<>(
                List.of(name),
                Optional.of("number"),
                help + " Default " + otherwise + ".",
                given -> last(given).map(text -> whole(name, text)).orElse(otherwise),
                false);
    }

    /** An offset in a file, which may be larger than any {@link #number}. */
    public static Option<Long> offset(String name, long otherwise, String help) {
        return new Option<>(
                List.of(name),
                Optional.of("offset"),
                help,
                given -> last(given).map(text -> offset(name, text)).orElse(otherwise),
                false);
    }

    /** A whole number of seconds. */
    public static Option<Duration> seconds(String name, int otherwise, String help) {
        return new Option<>(
                List.of(name),
                Optional.of("seconds"),
                help + " Default " + otherwise + ".",
                given -> Duration.ofSeconds(
                        last(given).map(text -> whole(name, text)).orElse(otherwise)),
                false);
    }

    /** The same under one more name. */
    public Option<T> orAs(String alias) {
        List<String> more = new ArrayList<>(names);
        more.add(alias);
        return new Option<>(more, label, help, read, beyondMha);
    }

    /** The same, marked as one that MHA does not have: an abbreviation means it only if it fits none of MHA's. */
    public Option<T> beyondMha() {
        return new Option<>(names, label, help, read, true);
    }

    /** The same where it means something else. */
    public Option<T> meaning(String otherHelp) {
        return new Option<>(names, label, otherHelp, read, beyondMha);
    }

    String name() {
        return names.get(0);
    }

    List<String> names() {
        return names;
    }

    /** What stands for the value in the help; absent for a flag. */
    Optional<String> label() {
        return label;
    }

    String help() {
        return help;
    }

    boolean isMhas() {
        return !beyondMha;
    }

    boolean isNamed(String text) {
        return names.stream().anyMatch(text::equalsIgnoreCase);
    }

    boolean isAbbreviatedBy(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return names.stream().anyMatch(name -> name.startsWith(lower));
    }

    /** @throws UsageException if a value is not allowed or missing */
    T read(List<String> given) {
        return read.apply(given);
    }

    private static Optional<String> last(List<String> given) {
        return given.isEmpty() ? Optional.empty() : Optional.of(given.get(given.size() - 1));
    }

    private static Long offset(String name, String text) {
        if (!OFFSET.matcher(text).matches()) {
            throw new UsageException("--" + name + "=" + text + ": must be a whole number");
        }
        return Long.valueOf(text);
    }

    private static Integer whole(String name, String text) {
        if (!DIGITS.matcher(text).matches()) {
            throw new UsageException("--" + name + "=" + text + ": must be a whole number, at most 999999999");
        }
        return Integer.valueOf(text);
    }

    @Override
    public String toString() {
        return "--" + name();
    }
}
