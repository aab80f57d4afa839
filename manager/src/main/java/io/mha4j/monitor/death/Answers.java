package io.mha4j.monitor.death;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Lines of a word, a blank and a text, as the shell scripts answer them; of several with the same word the first. */
final class Answers {
    private Answers() {}

    static Map<String, String> of(String text) {
        Map<String, String> answers = new TreeMap<>();
        text.lines().forEach(line -> {
            int blank = line.indexOf(' ');
            if (blank > 0) {
                answers.putIfAbsent(
                        line.substring(0, blank), line.substring(blank + 1).strip());
            }
        });
        return answers;
    }

    static List<String> words(Map<String, String> answers, String key) {
        String text = answers.getOrDefault(key, "");
        return text.isEmpty() ? List.of() : List.of(text.split(" +"));
    }

    /** A number without a sign; -1 for what is none. */
    static long number(String text) {
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : -1;
    }
}
