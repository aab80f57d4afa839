package io.mha4j.topology.details;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Privileges on everything, as {@code SHOW GRANTS} tells them.
 *
 * @param names in capital letters, {@code ALL PRIVILEGES} as such
 */
public record Grants(Set<String> names) {
    private static final Pattern GLOBAL = Pattern.compile("^GRANT (.+) ON \\*\\.\\* TO .*", Pattern.DOTALL);

    public Grants {
        names = Set.copyOf(names);
    }

    /** Reads the rows; those about single schemas, roles and proxies do not count. */
    public static Grants of(List<String> rows) {
        Set<String> names = new TreeSet<>();
        for (String row : rows) {
            Matcher global = GLOBAL.matcher(row);
            if (global.matches()) {
                Arrays.stream(global.group(1).split(","))
                        .map(n -> n.strip().toUpperCase(Locale.ROOT))
                        .forEach(names::add);
            }
        }
        return new Grants(names);
    }

    /** Whether one of these privileges is granted. */
    public boolean anyOf(List<String> privileges) {
        return names.contains("ALL PRIVILEGES") || privileges.stream().anyMatch(names::contains);
    }
}
