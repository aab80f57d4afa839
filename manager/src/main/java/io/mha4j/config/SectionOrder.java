package io.mha4j.config;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * MHA's order of the server sections, the tie-break of every election: by name as text, and when every name holds a
 * number, by the first number in it (Config.pm 0.58, read_config). The order in the file does not count.
 */
final class SectionOrder {
    private static final Pattern FIRST_NUMBER = Pattern.compile("server[^0-9]*([0-9]+).*");

    private SectionOrder() {}

    static List<String> of(List<String> names) {
        List<String> ordered = new ArrayList<>(names);
        ordered.sort(Comparator.naturalOrder());
        if (names.stream().allMatch(name -> FIRST_NUMBER.matcher(name).matches())) {
            ordered.sort((a, b) -> number(a).compareTo(number(b)));
        }
        return List.copyOf(ordered);
    }

    private static BigInteger number(String name) {
        Matcher matcher = FIRST_NUMBER.matcher(name);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(name + " holds no number");
        }
        return new BigInteger(matcher.group(1));
    }
}
