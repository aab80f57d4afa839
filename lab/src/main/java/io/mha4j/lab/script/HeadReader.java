package io.mha4j.lab.script;

import io.mha4j.lab.script.CaseHead.ServerOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Collects the lines above {@code ----}. */
final class HeadReader {
    private static final int MOST_REPLICAS = 9;
    private static final Set<String> SHAPES = Set.of("star", "tier", "dual");
    private static final Set<String> PLACES = Set.of("loopback", "namespaces");
    private static final Set<String> FORMATS = Set.of("row", "mixed", "statement");
    private static final Set<String> CROSSED = Set.of("servers", "gtid", "formats");
    private static final Pattern WAY = Pattern.compile("(.+)-(?:file|gtid)");
    private static final Pattern RUN = Pattern.compile("(.+)-(?:file|gtid)-(row|mixed|statement)");

    private final List<String> known;
    private final Set<String> seen = new java.util.HashSet<>();
    private List<String> kinds;
    private List<Boolean> gtid = List.of(false, true);
    private List<String> formats = List.of("row");
    private Set<String> only = Set.of();
    private int replicas = 2;
    private String shape = "star";
    private String place = "loopback";
    private final List<ServerOption> options = new ArrayList<>();
    private Set<String> packages = Set.of();
    private Duration deadline = Duration.ofMinutes(2);
    private Set<String> slow = Set.of();
    private Optional<String> probe = Optional.empty();

    /** {@code known} are the names of all server kinds. */
    HeadReader(List<String> known) {
        this.known = known;
        this.kinds = known;
    }

    void line(String text) {
        Words words = new Words(text);
        String first = words.next("a word");
        if (!first.equals("option") && !seen.add(first)) {
            throw new SyntaxError("'" + first + "' was said already");
        }
        if (seen.contains("runs") && CROSSED.stream().anyMatch(seen::contains)) {
            throw new SyntaxError("'runs' names each run; it goes without servers, gtid and formats");
        }
        switch (first) {
            case "servers" -> kinds = kinds(words);
            case "gtid" -> gtid = gtid(words);
            case "formats" -> formats = among(words, FORMATS, "format");
            case "runs" -> runs(words);
            case "tree" -> tree(words);
            case "hosts" -> place = place(words);
            case "option" -> option(words);
            case "packages" ->
                packages = Set.copyOf(Arrays.asList(words.rest("packages").split("\\s+")));
            case "deadline" -> deadline = words.duration("deadline");
            case "long" -> slow = slow(words);
            case "probe" -> probe = Optional.of(words.next("a class"));
            default ->
                throw new SyntaxError("unknown word '" + first + "'; known above ---- are servers, gtid, formats, runs,"
                        + " tree, hosts, option, packages, deadline, long, probe");
        }
        words.end();
    }

    CaseHead head() {
        return new CaseHead(kinds, gtid, formats, only, replicas, shape, place, options, packages, deadline, slow);
    }

    Optional<String> probe() {
        return probe;
    }

    Scope scope() {
        return new Scope(replicas);
    }

    private List<String> kinds(Words words) {
        String all = words.rest("servers");
        if (all.equals("all")) {
            return known;
        }
        List<String> named = Arrays.asList(all.split("\\s+"));
        named.stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw new SyntaxError("server kind '" + name + "' is none of all, " + String.join(", ", known));
        });
        return named;
    }

    private Set<String> slow(Words words) {
        if (!words.hasMore()) {
            return Set.copyOf(known);
        }
        List<String> named = Arrays.asList(words.rest("long").split("\\s+"));
        for (String name : named) {
            Matcher way = WAY.matcher(name);
            if (!known.contains(way.matches() ? way.group(1) : name)) {
                throw new SyntaxError("'" + name + "' is neither a KIND nor KIND-file|gtid with a KIND of "
                        + String.join(", ", known));
            }
        }
        return Set.copyOf(named);
    }

    private void runs(Words words) {
        Set<String> named = new LinkedHashSet<>();
        Set<String> written = new LinkedHashSet<>();
        List<String> runs = Arrays.asList(words.rest("runs").split("\\s+"));
        only = Set.copyOf(new LinkedHashSet<>(runs));
        for (String run : runs) {
            Matcher parts = RUN.matcher(run);
            if (!parts.matches() || !known.contains(parts.group(1))) {
                throw new SyntaxError(
                        "run '" + run + "' is no KIND-file|gtid-FORMAT with a KIND of " + String.join(", ", known));
            }
            named.add(parts.group(1));
            written.add(parts.group(2));
        }
        kinds = known.stream().filter(named::contains).toList();
        formats = List.copyOf(written);
    }

    private static List<Boolean> gtid(Words words) {
        return among(words, Set.of("on", "off"), "gtid").stream()
                .map("on"::equals)
                .toList();
    }

    private static List<String> among(Words words, Set<String> allowed, String what) {
        List<String> named = Arrays.asList(words.rest(what).split("\\s+"));
        named.stream().filter(name -> !allowed.contains(name)).findFirst().ifPresent(name -> {
            throw new SyntaxError(what + " '" + name + "' is none of "
                    + String.join(", ", allowed.stream().sorted().toList()));
        });
        return named;
    }

    private void tree(Words words) {
        while (words.hasMore()) {
            String word = words.next("replicas=N or shape=S");
            if (word.startsWith("replicas=")) {
                replicas = new Words(word.substring("replicas=".length())).count("replicas");
                if (replicas > MOST_REPLICAS) {
                    throw new SyntaxError("replicas=" + replicas + ": 1 to " + MOST_REPLICAS + " is allowed");
                }
            } else if (word.startsWith("shape=") && SHAPES.contains(word.substring("shape=".length()))) {
                shape = word.substring("shape=".length());
            } else {
                throw new SyntaxError("'" + word + "': replicas=N or shape=star|tier|dual is allowed");
            }
        }
    }

    private static String place(Words words) {
        String named = words.next("loopback or namespaces");
        if (!PLACES.contains(named)) {
            throw new SyntaxError("hosts '" + named + "' are none of loopback, namespaces");
        }
        return named;
    }

    private void option(Words words) {
        Hosts hosts = scope().hosts(words);
        options.add(new ServerOption(hosts, words.rest("an option")));
    }
}
