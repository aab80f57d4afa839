package io.mha4j.monitor.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.monitor.simulation.Disturbance.Kind;
import io.mha4j.monitor.simulation.Watch.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever happens to a watched source, only a death is a death, and it is noticed in time.
 * {@code -Dmha4j.test.worlds=100000} for a long look; {@code -Dmha4j.test.seed=N} for one world again.
 */
@Timeout(value = 1, unit = TimeUnit.DAYS)
final class WatchSimulationTest {
    /** To meet everything that can happen. */
    private static final int ENOUGH = 200;

    private static final int WORLDS = Integer.getInteger("mha4j.test.worlds", ENOUGH);
    private static final long SEED = Long.getLong("mha4j.test.seed", -1);
    private static final int SHOWN = 10;

    @TempDir
    private Path workdir;

    @Test
    void whatever_happens_the_rules_hold() {
        List<String> broken = new ArrayList<>();
        Map<Kind, Integer> met = new EnumMap<>(Kind.class);
        LongStream seeds = SEED >= 0 ? LongStream.of(SEED) : LongStream.range(0, WORLDS);
        seeds.forEach(seed -> {
            Course course = Course.of(seed);
            course.disturbances().forEach(d -> met.merge(d.kind(), 1, Integer::sum));
            List<String> rules = WatchRules.broken(course, Watch.of(course, Handling.RIGHT, workdir));
            if (!rules.isEmpty()) {
                broken.add(
                        "\nseed " + seed + ": " + String.join("\n    ", rules) + "\n    once more: " + command(seed));
            }
        });
        assertThat(broken.stream().limit(SHOWN))
                .as("%d worlds break rules", broken.size())
                .isEmpty();
        if (SEED < 0 && WORLDS >= ENOUGH) {
            checkWhatWasMet(met);
        }
    }

    private static void checkWhatWasMet(Map<Kind, Integer> met) {
        assertThat(met).as("disturbances by kind").containsOnlyKeys(Kind.values());
        assertThat(sum(met, Kind.HARMLESS))
                .as("disturbances that are no deaths")
                .isGreaterThan(3 * WORLDS);
        assertThat(sum(met, Kind.DEATHS)).as("deaths").isGreaterThan(WORLDS / 2);
    }

    private static int sum(Map<Kind, Integer> met, Set<Kind> kinds) {
        return met.entrySet().stream()
                .filter(e -> kinds.contains(e.getKey()))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    @Test
    void a_watcher_survives_a_day_of_disturbances_and_leaves_nothing_open() {
        Duration day = Duration.ofDays(1);
        Course course = Course.ofLength(1, day);
        Outcome outcome = Watch.of(course, Handling.RIGHT, workdir);
        assertThat(WatchRules.broken(course, outcome)).isEmpty();
        assertThat(course.end()).isGreaterThanOrEqualTo(day.toNanos());
        assertThat(course.disturbances()).hasSizeGreaterThan(1000);
        assertThat(outcome.traffic().checks())
                .isGreaterThan(day.dividedBy(course.manner().pingInterval().multipliedBy(2)));
        assertThat(outcome.connections()).isEqualTo(1);
        assertThat(outcome.underWay()).isZero();
        assertThat(outcome.traffic().openConnections()).isZero();
        assertThat(outcome.traffic().openCommands()).isZero();
    }

    private static String command(long seed) {
        return "mvn -pl manager test -Dtest=WatchSimulationTest -Dmha4j.test.seed=" + seed;
    }
}
