package io.mha4j.monitor.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulation would find such mistakes: each is planted, and some world shows it; without them the same worlds are content. */
final class PlantedWatchBugsTest {
    private static final int WORLDS = 200;

    @TempDir
    private Path workdir;

    @ParameterizedTest
    @EnumSource(PlantedWatchBug.class)
    void a_planted_bug_is_found(PlantedWatchBug bug) {
        assertThat(LongStream.range(0, WORLDS)
                        .filter(seed -> !broken(seed, bug).isEmpty())
                        .findFirst())
                .as("a world of the first %d in which %s breaks a rule", WORLDS, bug)
                .isPresent();
    }

    @Test
    void without_them_the_same_worlds_break_no_rule() {
        assertThat(LongStream.range(0, WORLDS).mapToObj(seed -> broken(seed, Handling.RIGHT)))
                .allMatch(List::isEmpty);
    }

    private List<String> broken(long seed, Handling handling) {
        Course course = Course.of(seed);
        return WatchRules.broken(course, Watch.of(course, handling, workdir));
    }
}
