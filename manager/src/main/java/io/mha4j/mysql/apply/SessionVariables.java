package io.mha4j.mysql.apply;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the applying session's variables are, and what the next statement wants them to be. Only differences are sent, all
 * in one statement. Text is one character per byte.
 */
final class SessionVariables {
    private static final String CLIENT = "@@session.character_set_client";
    private static final String UTF8 = "33";

    private final Set<String> known;
    private final Map<String, String> current = new HashMap<>();
    private final Map<String, String> wanted = new LinkedHashMap<>();
    private final Map<String, String> last = new LinkedHashMap<>();
    private boolean needsUtf8;

    /** @param known names of the variables that the server has */
    SessionVariables(Set<String> known) {
        this.known = known;
    }

    boolean knows(String name) {
        return known.contains(name);
    }

    /** A session variable; nothing happens if it has the value already or the server does not know it. */
    void want(String name, String value) {
        if (knows(name)) {
            want("@@session." + name, value, value.equals(current.get("@@session." + name)));
        }
    }

    void want(String name, long value) {
        want(name, Long.toString(value));
    }

    /** An assignment for the next statement only, for example {@code INSERT_ID}. */
    void once(String name, String value) {
        want(name, value, false);
    }

    /** The same in a statement of its own behind the others, because the server checks it against their new values. */
    void onceLast(String name, String value) {
        last.put(name, value);
    }

    /** A user variable as a whole assignment. */
    void once(String assignment) {
        needsUtf8 |= assignment.chars().anyMatch(c -> c > 0x7e);
        wanted.put(assignment, "");
    }

    /** Gives up what was meant for the next statement only. */
    void forgetOnce() {
        wanted.keySet().removeIf(name -> !name.startsWith("@@session."));
        last.clear();
    }

    /** Forgets a value, since something else may have changed it. */
    void forget(String name) {
        current.remove("@@session." + name);
    }

    /** Whether a value was ever sent. */
    boolean hasSet(String name) {
        return current.containsKey("@@session." + name);
    }

    /** Whether the session has set this variable to anything but {@code value}, as far as is remembered. */
    boolean differs(String name, String value) {
        return !value.equals(current.getOrDefault("@@session." + name, value));
    }

    private void want(String name, String value, boolean there) {
        if (there) {
            wanted.remove(name);
        } else {
            wanted.put(name, value);
        }
    }

    /** What must be sent before {@link #take}: names beyond ASCII are read in the client's character set. */
    Optional<String> before() {
        boolean utf8 = needsUtf8 && !UTF8.equals(current.get(CLIENT));
        if (utf8) {
            wanted.putIfAbsent(CLIENT, current.getOrDefault(CLIENT, UTF8));
        }
        needsUtf8 = false;
        return utf8 ? Optional.of(utf8()) : Optional.empty();
    }

    /** A statement that makes the session read statements as UTF-8 until {@link #take}. */
    String utf8() {
        current.put(CLIENT, UTF8);
        return "SET " + CLIENT + "=" + UTF8;
    }

    /** What makes all that is wanted so, in as few statements as there can be. From then on it counts as done. */
    List<String> take() {
        List<String> statements = Stream.of(wanted, last)
                .filter(some -> !some.isEmpty())
                .map(SessionVariables::set)
                .toList();
        wanted.forEach((name, value) -> {
            if (name.startsWith("@@session.")) {
                current.put(name, value);
            }
        });
        wanted.clear();
        last.clear();
        return statements;
    }

    private static String set(Map<String, String> values) {
        return values.entrySet().stream()
                .map(each -> each.getValue().isEmpty() ? each.getKey() : each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining(",", "SET ", ""));
    }
}
