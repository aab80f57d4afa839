package io.mha4j;

import io.mha4j.ClassUses.Use;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules over compiled classes; each answers its violations, one line each. */
final class PackageRules {
    private final Path classes;
    private final ClassUses uses;

    PackageRules(Path classes) {
        this.classes = classes;
        this.uses = ClassUses.in(classes);
    }

    /** Packages that the table does not name. */
    List<String> unknownRooms(Set<String> rooms) {
        return uses.uses().stream()
                .map(Use::from)
                .filter(ClassUses::isOurs)
                .filter(name -> !rooms.contains(ClassUses.roomOf(name)))
                .distinct()
                .toList();
    }

    /** Uses between packages that the table does not allow. */
    List<String> forbiddenEdges(Map<String, Set<String>> allowed) {
        return uses.uses().stream()
                .filter(Use::staysOurs)
                .filter(u -> !ClassUses.roomOf(u.from()).equals(ClassUses.roomOf(u.to())))
                .filter(u -> !allowed.getOrDefault(ClassUses.roomOf(u.from()), Set.of())
                        .contains(ClassUses.roomOf(u.to())))
                .map(Use::toString)
                .sorted()
                .toList();
    }

    /** Ways from a package back to itself. */
    List<String> cycles() {
        SortedMap<String, SortedSet<String>> edges = new TreeMap<>();
        uses.uses().stream()
                .filter(Use::staysOurs)
                .filter(u -> !u.fromPackage().equals(u.toPackage()))
                .forEach(u -> edges.computeIfAbsent(u.fromPackage(), p -> new TreeSet<>())
                        .add(u.toPackage()));
        List<String> cycles = new ArrayList<>();
        for (String start : List.copyOf(edges.keySet())) {
            wayBack(start, List.of(start), edges, cycles);
            edges.put(start, new TreeSet<>()); // each cycle once, told from its first package
        }
        return cycles;
    }

    private static boolean wayBack(
            String start, List<String> way, SortedMap<String, SortedSet<String>> edges, List<String> found) {
        for (String next : edges.getOrDefault(way.get(way.size() - 1), new TreeSet<>())) {
            List<String> further = Stream.concat(way.stream(), Stream.of(next)).toList();
            if (next.equals(start)) {
                found.add(String.join(" -> ", further));
                return true;
            }
            if (!way.contains(next) && wayBack(start, further, edges, found)) {
                return true;
            }
        }
        return false;
    }

    /** Uses, by classes of these packages, of foreign classes that are not {@code allowed}, or are all the same barred. */
    List<String> foreignParts(Set<String> rooms, Pattern allowed, Pattern barred) {
        return uses.uses().stream()
                .filter(u -> ClassUses.isOurs(u.from()) && rooms.contains(ClassUses.roomOf(u.from())))
                .filter(u -> !ClassUses.isOurs(u.to()))
                .filter(u -> !allowed.matcher(u.to()).matches()
                        || barred.matcher(u.to()).matches())
                .map(Use::toString)
                .sorted()
                .toList();
    }

    /** Calls, by classes of these packages, of methods that match {@code forbidden}. */
    List<String> forbiddenCalls(Set<String> rooms, Pattern forbidden) {
        try (Stream<Path> files = Files.walk(classes)) {
            return files.filter(f -> f.toString().endsWith(".class"))
                    .filter(f -> ClassUses.isOurs(nameOf(f)) && rooms.contains(ClassUses.roomOf(nameOf(f))))
                    .flatMap(f -> MemberCalls.of(f).stream()
                            .filter(call -> forbidden.matcher(call).lookingAt())
                            .map(call -> nameOf(f) + " calls " + call))
                    .sorted()
                    .collect(Collectors.toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String nameOf(Path classFile) {
        String path = classes.relativize(classFile).toString();
        return path.substring(0, path.length() - ".class".length()).replace('/', '.');
    }
}
