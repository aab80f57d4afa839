package io.mha4j.archive;

import io.mha4j.base.Plural;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was read behind the end of an archive and is not in it, because it is no whole transaction.
 *
 * @param openEvents whole events of a transaction whose end was never written
 * @param openBytes  their bytes
 * @param tornBytes  bytes of an event that was not written to its end
 * @param damage     what made the rest unreadable
 */
public record Cut(long openEvents, long openBytes, long tornBytes, Optional<Damaged> damage) {
    public static final Cut NOTHING = new Cut(0, 0, 0, Optional.empty());

    /**
     * Bytes that are no event.
     *
     * @param file   the source's binary log
     * @param offset where they begin in it
     * @param bytes  how many there are from there to the end of that file; nothing behind them was taken
     * @param why    a sentence
     */
    public record Damaged(String file, long offset, long bytes, String why) {}

    public boolean isNothing() {
        return openEvents == 0 && openBytes == 0 && tornBytes == 0 && damage.isEmpty();
    }

    /** Says it to an operator, without a full stop. */
    public String sentence() {
        List<String> parts = new ArrayList<>();
        if (openEvents > 0) {
            parts.add("an unfinished transaction of " + Plural.of(openEvents, "event") + ", "
                    + Plural.of(openBytes, "byte"));
        }
        if (tornBytes > 0) {
            parts.add("a torn event of " + Plural.of(tornBytes, "byte"));
        }
        damage.ifPresent(d -> parts.add(
                Plural.of(d.bytes(), "byte") + " of " + d.file() + " from offset " + d.offset() + " on: " + d.why()));
        return parts.isEmpty() ? "nothing was cut off" : "cut off: " + String.join("; ", parts);
    }
}
