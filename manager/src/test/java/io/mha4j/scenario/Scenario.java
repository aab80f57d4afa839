package io.mha4j.scenario;

import io.mha4j.base.ServerId;
import io.mha4j.config.Application;
import io.mha4j.topology.ResolvedNames;
import io.mha4j.topology.ServerFacts;
import io.mha4j.topology.Snapshot;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The facts of one case.
 *
 * @param where       file and line, for messages
 * @param title       what the case is called
 * @param application the configuration that the lines describe
 * @param snapshot    what a sweep sees
 * @param truth       facts of every server, also of those that the sweep does not reach
 * @param sections    lines of the other sections by their first word, stripped
 */
public record Scenario(
        String where,
        String title,
        Application application,
        Snapshot snapshot,
        SortedMap<ServerId, ServerFacts> truth,
        Map<String, List<String>> sections) {
    public Scenario {
        truth = Collections.unmodifiableSortedMap(new TreeMap<>(truth));
        sections = Map.copyOf(sections);
    }

    /** The scenario whose facts are these lines, for tests that need servers but no file. */
    public static Scenario of(String... lines) {
        return ScenarioReader.read("lines", "", List.of(lines));
    }

    /** The server of this name. */
    public ServerId id(String name) {
        return truth.keySet().stream()
                .filter(id -> id.section().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(where + ": no server is called " + name));
    }

    /** What a server would say if it were asked. */
    public ServerFacts truthOf(String name) {
        return Optional.ofNullable(truth.get(id(name))).orElseThrow();
    }

    /** Lines of a section, empty if there is none. */
    public List<String> section(String name) {
        return sections.getOrDefault(name, List.of());
    }

    /** The value of the first line {@code key value} of a section. */
    public Optional<String> value(String section, String key) {
        return section(section).stream()
                .filter(l -> l.equals(key) || l.startsWith(key + " "))
                .map(l -> l.substring(key.length()).strip())
                .findFirst();
    }

    /** What names mean, from lines {@code name address} of the section {@code names}; addresses stand for themselves. */
    public ResolvedNames names() {
        Map<String, String> addresses = new TreeMap<>();
        truth.keySet().forEach(id -> addresses.put(id.ip(), id.ip()));
        section("names").forEach(line -> addresses.put(line.split("\\s+")[0], line.split("\\s+")[1]));
        return new ResolvedNames(addresses);
    }

    /** The text with {@code a(10.0.0.1:3306)} and the server UUIDs replaced by the names of the servers. */
    public String shorten(String text) {
        String shorter = text;
        for (Map.Entry<ServerId, ServerFacts> server : truth.entrySet()) {
            String name = server.getKey().section();
            shorter = shorter.replace(server.getKey().toString(), name);
            for (String uuid : server.getValue().serverUuid().stream().toList()) {
                shorter = shorter.replace(uuid, name);
            }
        }
        return shorter;
    }
}
