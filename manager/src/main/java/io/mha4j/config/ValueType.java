package io.mha4j.config;

import io.mha4j.base.Secret;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * How the text of a value becomes a typed value.
 *
 * @param name    kind and unit in a word or two, for the reference page: "seconds", "0 or 1"
 * @param allowed what an operator may write, continuing the words "must be"
 * @param secret  whether the value is kept out of every message
 * @param parse   the value; nothing when the text is not allowed
 */
record ValueType<T>(String name, String allowed, boolean secret, Function<String, Optional<T>> parse) {
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");
    private static final Pattern HOST = Pattern.compile("[\\p{L}\\p{N}._:%-]+");

    private static final Pattern IP = Pattern.compile(Vip.ADDRESS);
    private static final Pattern ADDRESS = Pattern.compile("[\\w.!#$%&'*+/=?^`{|}~-]+(@[A-Za-z0-9.-]+)?");

    /** Any text, also an empty one. */
    static ValueType<String> text() {
        return new ValueType<>("text", "text", false, Optional::of);
    }

    static ValueType<String> path() {
        return new ValueType<>(
                "path", "a path, not empty and without control characters", false, text -> Optional.of(text)
                        .filter(path -> !path.isBlank() && path.chars().noneMatch(Character::isISOControl)));
    }

    static ValueType<String> command() {
        return new ValueType<>("command", "a command line", false, Optional::of);
    }

    /** Text that must not be empty. */
    static ValueType<String> word(String name) {
        return new ValueType<>(
                name, "not empty", false, text -> Optional.of(text).filter(word -> !word.isBlank()));
    }

    /** Narrow on purpose: host names become parts of file names and of arguments of shell scripts. */
    static ValueType<String> host() {
        return new ValueType<>(
                "host name or address",
                "a host name or address: letters, digits and . _ - : %",
                false,
                text -> Optional.of(text).filter(host -> HOST.matcher(host).matches() && !host.startsWith("-")));
    }

    /** One address that others can connect to: no name, and not all addresses at once. */
    static ValueType<String> ipAddress() {
        return new ValueType<>(
                "IP address", "an IP address such as 10.0.0.9, neither a name nor 0.0.0.0", false, text -> Optional.of(
                                text)
                        .filter(IP.asMatchPredicate())
                        .filter(ip -> ip.chars().anyMatch(c -> "0.:".indexOf(c) < 0)));
    }

    static ValueType<Secret> password() {
        return new ValueType<>("password", "text", true, text -> Optional.of(new Secret(text)));
    }

    static ValueType<Boolean> flag() {
        return new ValueType<>(
                "0 or 1",
                "0 or 1",
                false,
                text -> text.equals("0") || text.equals("1") ? Optional.of(text.equals("1")) : Optional.empty());
    }

    static ValueType<Integer> port() {
        return new ValueType<>("port number", "a port number from 1 to 65535", false, text -> whole(text)
                .filter(port -> port >= 1 && port <= 65535));
    }

    static ValueType<Duration> seconds(int least) {
        return new ValueType<>("seconds", "a whole number of seconds, at least " + least, false, text -> whole(text)
                .filter(seconds -> seconds >= least)
                .map(Duration::ofSeconds));
    }

    static ValueType<Duration> days(int least) {
        return new ValueType<>("days", "a whole number of days, at least " + least, false, text -> whole(text)
                .filter(days -> days >= least)
                .map(Duration::ofDays));
    }

    /** One constant of {@code type}, in any case. */
    static <E extends Enum<E>> ValueType<E> oneOf(Class<E> type) {
        List<E> constants = List.of(type.getEnumConstants());
        String names = listed(constants, Enum::name);
        return new ValueType<>(names, "one of " + names, false, text -> constants.stream()
                .filter(constant -> constant.name().equalsIgnoreCase(text))
                .findFirst());
    }

    /** One constant of {@code type}, written in small letters with dashes between words, in any case. */
    static <E extends Enum<E>> ValueType<E> choice(Class<E> type) {
        List<E> constants = List.of(type.getEnumConstants());
        String names = listed(constants, ValueType::dashed);
        return new ValueType<>(names, "one of " + names, false, text -> constants.stream()
                .filter(constant -> dashed(constant).equalsIgnoreCase(text))
                .findFirst());
    }

    /** Every command comes by here a dozen times: a loop takes a tenth of what a stream does while code is interpreted. */
    private static <E> String listed(List<E> constants, Function<E, String> name) {
        StringJoiner names = new StringJoiner(", ");
        for (E constant : constants) {
            names.add(name.apply(constant));
        }
        return names.toString();
    }

    private static String dashed(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * A level name of MHA's logger (Log::Dispatch), brought down to the four that MHA writes: notice counts as warning,
     * what is above error as error.
     */
    static ValueType<String> logLevel() {
        return new ValueType<>(
                "log level", "one of debug, info, notice, warning, error", false, text -> switch (text.toLowerCase(
                        Locale.ROOT)) {
                    case "debug" -> Optional.of("debug");
                    case "info" -> Optional.of("info");
                    case "notice", "warning", "warn" -> Optional.of("warning");
                    case "error", "err", "critical", "crit", "alert", "emergency", "emerg" -> Optional.of("error");
                    default -> Optional.empty();
                });
    }

    /** Directories between commas; blanks around them are dropped. */
    static ValueType<List<String>> directories() {
        return new ValueType<>(
                "directories, comma between", "at least one directory, comma between", false, text -> Optional.of(
                                Arrays.stream(text.split(","))
                                        .map(String::strip)
                                        .filter(dir -> !dir.isEmpty())
                                        .toList())
                        .filter(dirs -> !dirs.isEmpty()));
    }

    /** Addresses of mailboxes, with commas. Narrow on purpose: they become lines of a protocol. */
    static ValueType<List<String>> addresses() {
        return new ValueType<>(
                "mail addresses, comma between",
                "mail addresses of plain letters, comma between",
                false,
                text -> Optional.of(Arrays.stream(text.split(",", -1))
                                .map(String::strip)
                                .toList())
                        .filter(all -> all.stream().allMatch(ADDRESS.asMatchPredicate())));
    }

    /** One such address. */
    static ValueType<String> address() {
        return new ValueType<>("mail address", "one mail address of plain letters", false, text -> Optional.of(text)
                .filter(ADDRESS.asMatchPredicate()));
    }

    /** Words as a shell splits them; none is fine. */
    static ValueType<List<String>> words() {
        return new ValueType<>("words", "words as in a shell, every quote closed", false, ShellWords::split);
    }

    private static Optional<Integer> whole(String text) {
        return DIGITS.matcher(text).matches() ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }
}
