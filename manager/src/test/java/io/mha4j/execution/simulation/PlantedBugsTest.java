package io.mha4j.execution.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulation would find such mistakes: each is planted, and some world shows it; without them the same worlds are content. */
final class PlantedBugsTest {
    private static final int WORLDS = 300;

    @ParameterizedTest
    @EnumSource(PlantedBug.class)
    void a_planted_bug_is_found(PlantedBug bug) {
        assertThat(LongStream.range(0, WORLDS)
                        .filter(seed -> !Trial.of(seed, bug).isEmpty())
                        .findFirst())
                .as("a world of the first %d in which %s breaks a rule", WORLDS, bug)
                .isPresent();
    }

    @Test
    void without_them_the_same_worlds_break_no_rule() {
        assertThat(LongStream.range(0, WORLDS).mapToObj(seed -> Trial.of(seed, Conduct.RIGHT)))
                .allMatch(List::isEmpty);
    }
}
