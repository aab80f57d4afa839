package io.mha4j.decision.rehearsal;

import java.time.Duration;
import java.util.Optional;

/**
 * How long something would take.
 *
 * @param known what can be told
 * @param more  what comes on top and cannot be told
 */
public record Estimate(Duration known, Optional<String> more) {
    /** Nothing comes on top. */
    public static Estimate of(Duration known) {
        return new Estimate(known, Optional.empty());
    }

    /** The same with something on top. */
    public Estimate and(String unknown) {
        return new Estimate(known, Optional.of(unknown));
    }

    /** Such as {@code about 12 ms, and what the script takes}. */
    public String sentence() {
        return "about %d ms%s"
                .formatted(
                        Math.max(1, known.toMillis()),
                        more.map(m -> ", and " + m).orElse(""));
    }
}
