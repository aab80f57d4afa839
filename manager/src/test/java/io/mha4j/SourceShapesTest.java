package io.mha4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small, with room to breathe: the hard limits on methods, files and packages, and the note at each package's door. */
final class SourceShapesTest {
    private static final int LINES_OF_A_METHOD = 60;
    private static final int LINES_OF_A_FILE = 400;
    private static final int FILES_OF_A_PACKAGE = 25;

    private static final Path LAB = Path.of("..", "lab");
    private static final List<Path> MAIN = files("main");
    private static final List<Path> TESTS = files("test");

    @Test
    void methods_have_at_most_60_lines() {
        assertThat(longMethods(Stream.concat(MAIN.stream(), TESTS.stream()).toList()))
                .isEmpty();
    }

    @Test
    void files_have_at_most_400_lines() {
        assertThat(longFiles(Stream.concat(MAIN.stream(), TESTS.stream()).toList()))
                .isEmpty();
    }

    @Test
    void packages_have_at_most_25_files() {
        assertThat(crowdedPackages(MAIN)).isEmpty();
        assertThat(crowdedPackages(TESTS)).isEmpty();
    }

    /** A test package that shares its name with one of the product has its note there. */
    @Test
    void packages_have_a_note_at_the_door() {
        assertThat(withoutNote(Stream.concat(MAIN.stream(), TESTS.stream()).toList()))
                .isEmpty();
    }

    @Test
    void what_is_too_large_is_found(@TempDir Path folder) throws IOException {
        Path large = folder.resolve("Large.java");
        String sixty = "        i++;\n".repeat(LINES_OF_A_METHOD - 2);
        Files.writeString(
                large,
                "class Large {\n    int i;\n    void fits() {\n" + sixty + "    }\n\n    Large(int i, int j) {\n"
                        + "        i++;\n" + sixty + "    }\n}\n");
        assertThat(longMethods(List.of(large))).containsExactly("Large.java /Large.<init> has 61 lines");
        assertThat(SourceShapes.methods(List.of(large)))
                .extracting(SourceShapes.Method::parameters)
                .containsExactly(0, 2);
        assertThat(longFiles(List.of(large))).isEmpty();
        Files.writeString(large, "\n".repeat(LINES_OF_A_FILE + 1));
        assertThat(longFiles(List.of(large))).containsExactly(large + " has 401 lines");
    }

    @Test
    void a_crowded_package_and_one_without_a_note_are_found() {
        List<Path> crowd = Stream.iterate(0, i -> i + 1)
                .limit(FILES_OF_A_PACKAGE + 1)
                .map(i -> Path.of("src", "java", "a", "C" + i + ".java"))
                .toList();
        assertThat(crowdedPackages(crowd)).containsExactly(entry("a", 26L));
        assertThat(withoutNote(crowd)).containsExactly("a");
    }

    /** Of both modules; their packages have different names. */
    private static List<Path> files(String kind) {
        return Stream.of(Path.of("src", kind, "java"), LAB.resolve(Path.of("src", kind, "java")))
                .filter(Files::isDirectory)
                .flatMap(folder -> SourceShapes.files(folder).stream())
                .toList();
    }

    private static List<String> longMethods(List<Path> files) {
        return SourceShapes.methods(files).stream()
                .filter(m -> m.lines() > LINES_OF_A_METHOD)
                .map(m -> m.where() + " has " + m.lines() + " lines")
                .toList();
    }

    private static List<String> longFiles(List<Path> files) {
        return files.stream()
                .filter(f -> SourceShapes.lines(f) > LINES_OF_A_FILE)
                .map(f -> f + " has " + SourceShapes.lines(f) + " lines")
                .toList();
    }

    private static Map<String, Long> crowdedPackages(List<Path> files) {
        Map<String, Long> sizes = new TreeMap<>(
                files.stream().collect(Collectors.groupingBy(SourceShapesTest::packageOf, Collectors.counting())));
        sizes.values().removeIf(size -> size <= FILES_OF_A_PACKAGE);
        return sizes;
    }

    private static List<String> withoutNote(List<Path> files) {
        List<String> noted = files.stream()
                .filter(f -> f.endsWith("package-info.java"))
                .map(SourceShapesTest::packageOf)
                .toList();
        return files.stream()
                .map(SourceShapesTest::packageOf)
                .distinct()
                .filter(p -> !noted.contains(p))
                .toList();
    }

    /** The folder below {@code java}. */
    private static String packageOf(Path file) {
        String folder = file.subpath(0, file.getNameCount() - 1).toString();
        return folder.replaceFirst(".*/java/", "");
    }
}
