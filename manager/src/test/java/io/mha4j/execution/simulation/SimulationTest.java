package io.mha4j.execution.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever happens in a failover, the rules hold. {@code -Dmha4j.test.worlds=100000} for a long look;
 * {@code -Dmha4j.test.seed=N} for one run again.
 */
@Timeout(value = 1, unit = TimeUnit.DAYS)
final class SimulationTest {
    private static final int WORLDS = Integer.getInteger("mha4j.test.worlds", 120);
    private static final long SEED = Long.getLong("mha4j.test.seed", -1);
    private static final int SHOWN = 10;

    @Test
    void whatever_happens_the_rules_hold() {
        List<String> broken = new ArrayList<>();
        LongStream seeds = SEED >= 0 ? LongStream.of(SEED) : LongStream.range(0, WORLDS);
        seeds.forEach(seed -> {
            List<String> rules = Trial.of(seed, Conduct.RIGHT);
            if (!rules.isEmpty()) {
                broken.add(
                        "\nseed " + seed + ": " + String.join("\n    ", rules) + "\n    once more: " + command(seed));
            }
        });
        assertThat(broken.stream().limit(SHOWN))
                .as("%d worlds break rules", broken.size())
                .isEmpty();
    }

    private static String command(long seed) {
        return "mvn -pl manager test -Dtest=SimulationTest -Dmha4j.test.seed=" + seed;
    }
}
