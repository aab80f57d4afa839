package io.mha4j.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/** Scenario files as JUnit tests; to be returned from a {@code @TestFactory}. */
public final class Scenarios {
    private static final Path FOLDER = Path.of("src", "test", "scenarios");
    private static final boolean REWRITE = Boolean.getBoolean("scenarios.rewrite");

    private Scenarios() {}

    /** Computes what follows from the facts of a scenario, in the words of the file's lower half. */
    @FunctionalInterface
    public interface Handler {
        /** Lines separated by line feeds, none of them beginning with {@code #}. */
        String answer(Scenario scenario);
    }

    /** One container for each file {@code <topic>-*.txt}, in it one test for each scenario. */
    public static Stream<DynamicNode> tests(String topic, Handler handler) {
        List<Path> files = files(topic);
        assertThat(files).as("scenario files of " + topic).isNotEmpty();
        return files.stream().map(file -> node(file, handler));
    }

    /** Every scenario of a topic, for tests that look at each in a way of their own. */
    public static List<Scenario> all(String topic) {
        return files(topic).stream()
                .flatMap(f -> ScenarioFile.read(f).cases().stream())
                .map(ScenarioFile.Case::scenario)
                .toList();
    }

    private static List<Path> files(String topic) {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(f -> f.getFileName().toString().matches(topic + "-.*\\.txt"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DynamicNode node(Path path, Handler handler) {
        String name = path.getFileName().toString();
        if (REWRITE) {
            return DynamicTest.dynamicTest(
                    "rewrite " + name, () -> ScenarioFile.read(path).rewrite(handler));
        }
        ScenarioFile file = ScenarioFile.read(path);
        return DynamicContainer.dynamicContainer(
                name, file.cases().stream().map(c -> DynamicTest.dynamicTest(c.title(), () -> check(c, handler))));
    }

    private static void check(ScenarioFile.Case one, Handler handler) {
        assertThat(handler.answer(one.scenario()).strip())
                .as("%s: %s", one.where(), one.title())
                .isEqualTo(String.join("\n", one.expected()).strip());
    }
}
