package io.mha4j.scenario;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The {@code key=value} words of one line over its defaults; knows which of them nobody asked for. */
final class Words {
    private final String where;
    private final Map<String, String> own;
    private final Map<String, String> defaults;
    private final Set<String> asked = new HashSet<>();

    private Words(String where, Map<String, String> own, Map<String, String> defaults) {
        this.where = where;
        this.own = own;
        this.defaults = defaults;
    }

    /** A word without {@code =} has the empty value. */
    static Words of(String where, List<String> words, Words defaults) {
        return new Words(where, split(words), defaults.own);
    }

    static Words of(String where, List<String> words) {
        return new Words(where, split(words), Map.of());
    }

    private static Map<String, String> split(List<String> words) {
        Map<String, String> found = new LinkedHashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            String key = equals < 0 ? word : word.substring(0, equals);
            if (found.put(key, equals < 0 ? "" : word.substring(equals + 1)) != null) {
                throw new IllegalArgumentException(key + " is said twice");
            }
        }
        return found;
    }

    Optional<String> text(String key) {
        asked.add(key);
        return Optional.ofNullable(own.getOrDefault(key, defaults.get(key)));
    }

    String text(String key, String otherwise) {
        return text(key).orElse(otherwise);
    }

    /** A number. */
    long number(String key, long otherwise) {
        return text(key).map(Long::parseLong).orElse(otherwise);
    }

    /** {@code 1} or {@code on}, {@code 0} or {@code off}. */
    boolean flag(String key, boolean otherwise) {
        Optional<String> text = text(key);
        if (text.isPresent() && !text.get().matches("0|1|on|off")) {
            throw new IllegalArgumentException(where + ": " + key + "=" + text.get() + ": 0, 1, off or on");
        }
        return text.map(t -> t.equals("1") || t.equals("on")).orElse(otherwise);
    }

    /** A list separated by commas. */
    List<String> list(String key) {
        return text(key)
                .filter(t -> !t.isEmpty())
                .map(t -> List.of(t.split(",", -1)))
                .orElse(List.of());
    }

    /** Rejects words of the line itself that had no meaning there. */
    void rejectUnused() {
        Set<String> unused = new HashSet<>(own.keySet());
        unused.removeAll(asked);
        if (!unused.isEmpty()) {
            throw new IllegalArgumentException(where + ": no use for " + unused);
        }
    }

    /** Which words were asked for, so that the defaults of several lines can be checked together. */
    Set<String> asked() {
        return Set.copyOf(asked);
    }
}
