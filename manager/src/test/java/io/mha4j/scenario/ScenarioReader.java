package io.mha4j.scenario;

import io.mha4j.base.ServerId;
import io.mha4j.config.Application;
import io.mha4j.config.ServerSettings;
import io.mha4j.topology.ReplicaStatus;
import io.mha4j.topology.ServerFacts;
import io.mha4j.topology.ServerState;
import io.mha4j.topology.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Facts half of a case to values. */
final class ScenarioReader {
    static final Instant TAKEN_AT = Instant.parse("2026-01-01T00:00:00Z");

    private final String where;
    private final Words defaults;
    private final Cast cast;

    private ScenarioReader(String where, Words defaults, Cast cast) {
        this.where = where;
        this.defaults = defaults;
        this.cast = cast;
    }

    static Scenario read(String where, String title, List<String> given) {
        Map<String, List<String>> sections = sections(where, given);
        List<String> servers = sections.remove("servers");
        if (servers == null) {
            throw new IllegalArgumentException(where + ": no section called servers");
        }
        try {
            Words defaults = Words.of(where, ServerLine.words(servers.get(0)));
            List<ServerLine> lines = ServerLine.parse(where, servers.subList(1, servers.size()), defaults);
            return new ScenarioReader(where, defaults, new Cast(lines)).scenario(title, sections);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where + ": " + title + ": " + e.getMessage(), e);
        }
    }

    /** Each section with the rest of its heading as first line when that says something; of servers always. */
    private static Map<String, List<String>> sections(String where, List<String> given) {
        Map<String, List<String>> sections = new LinkedHashMap<>();
        List<String> current = new ArrayList<>();
        for (String line : given) {
            if (line.isBlank()) {
                continue;
            }
            if (Character.isWhitespace(line.charAt(0))) {
                current.add(line.strip());
                continue;
            }
            String name = line.split("\\s+", 2)[0];
            current = new ArrayList<>();
            String rest = line.substring(name.length()).strip();
            if (!rest.isEmpty() || name.equals("servers")) {
                current.add(rest);
            }
            if (sections.put(name, current) != null) {
                throw new IllegalArgumentException(where + ": two sections are called " + name);
            }
        }
        return sections;
    }

    private Scenario scenario(String title, Map<String, List<String>> sections) {
        List<ServerSettings> settings = new ArrayList<>();
        SortedMap<ServerId, ServerFacts> truth = new TreeMap<>();
        SortedMap<ServerId, ServerState> seen = new TreeMap<>();
        for (ServerLine line : cast.servers()) {
            settings.add(SettingsWords.read(line.id(), line.words()));
            ServerFacts facts = FactsWords.read(line, channels(line), cast);
            truth.put(line.id(), facts);
            seen.put(line.id(), line.state(facts));
        }
        rejectUnused();
        Application application = new Application(
                "app1", "app1.cnf", "/var/tmp", Optional.empty(), "info", settings, List.of(), List.of());
        return new Scenario(where, title, application, new Snapshot(TAKEN_AT, seen), truth, sections);
    }

    private List<ReplicaStatus> channels(ServerLine line) {
        List<ReplicaStatus> channels = new ArrayList<>();
        if (line.replicates()) {
            channels.add(ChannelWords.read(line, line.words(), cast));
        }
        line.moreChannels().forEach(w -> channels.add(ChannelWords.read(line, w, cast)));
        return channels;
    }

    private void rejectUnused() {
        Set<String> asked = new HashSet<>();
        for (ServerLine line : cast.servers()) {
            line.words().rejectUnused();
            line.moreChannels().forEach(Words::rejectUnused);
            asked.addAll(line.words().asked());
        }
        asked.forEach(defaults::text);
        defaults.rejectUnused();
    }
}
