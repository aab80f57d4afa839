package io.mha4j.lab.script;

import java.util.Set;

/**
 * In which runs a step takes part: all of the words must hold for the run. Words: {@code gtid}, {@code file},
 * {@code mysql}, {@code mariadb}, a format, or a server kind.
 */
public record Guard(Set<String> words) {
    public static final Guard ALWAYS = new Guard(Set.of());

    public Guard {
        words = Set.copyOf(words);
    }

    public boolean admits(Set<String> traits) {
        return traits.containsAll(words);
    }
}
