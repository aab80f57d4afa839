package io.mha4j.lab.load;

import io.mha4j.lab.load.Write.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a load client did, in the order in which outcomes became known.
 *
 * @param refused attempts that the server answered with an error after which nothing can have been written
 */
public record LoadRecord(List<Write> writes, long refused) {
    public LoadRecord {
        writes =
                writes.stream().sorted(Comparator.comparingLong(Write::endTick)).toList();
    }

    /** A time without acknowledged writes, between two of them. */
    public record Gap(Write before, Write after) {
        public Duration length() {
            return Duration.ofNanos(after.endTick() - before.endTick());
        }
    }

    public List<Write> acknowledged() {
        return with(Outcome.ACKNOWLEDGED);
    }

    public List<Write> unknown() {
        return with(Outcome.UNKNOWN);
    }

    private List<Write> with(Outcome outcome) {
        return writes.stream().filter(w -> w.outcome() == outcome).toList();
    }

    /**
     * The longest gap that ended after {@code faultTick}, which is the downtime as clients saw it; empty when nothing
     * was acknowledged after the fault, or nothing before it.
     */
    public Optional<Gap> downtime(long faultTick) {
        return longest(gaps().stream()
                .filter(gap -> gap.after().endTick() - faultTick > 0)
                .toList());
    }

    /** The longest gap that ended by {@code faultTick}: the idle control beside every downtime figure. */
    public Optional<Gap> quietGap(long faultTick) {
        return longest(gaps().stream()
                .filter(gap -> gap.after().endTick() - faultTick <= 0)
                .toList());
    }

    /** Acknowledged writes per second from the first to the last one that was acknowledged by {@code untilTick}. */
    public OptionalLong ratePerSecond(long untilTick) {
        List<Write> acked = acknowledged().stream()
                .filter(write -> write.endTick() - untilTick <= 0)
                .toList();
        if (acked.size() < 2) {
            return OptionalLong.empty();
        }
        long nanos = acked.get(acked.size() - 1).endTick() - acked.get(0).endTick();
        return OptionalLong.of(Math.round((acked.size() - 1) * 1e9 / Math.max(1, nanos)));
    }

    private List<Gap> gaps() {
        List<Write> acked = acknowledged();
        List<Gap> gaps = new ArrayList<>();
        for (int i = 1; i < acked.size(); i++) {
            gaps.add(new Gap(acked.get(i - 1), acked.get(i)));
        }
        return gaps;
    }

    private static Optional<Gap> longest(List<Gap> gaps) {
        return gaps.stream().max(Comparator.comparing(Gap::length));
    }
}
