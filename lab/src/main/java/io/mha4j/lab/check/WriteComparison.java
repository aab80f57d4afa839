package io.mha4j.lab.check;

import io.mha4j.lab.load.LoadRecord;
import io.mha4j.lab.load.Write;
import io.mha4j.lab.load.Write.RowKey;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Recorded writes against the rows that a server holds.
 *
 * @param acknowledged   number of acknowledged writes
 * @param lost           acknowledged writes without a row
 * @param duplicated     rows found more than once
 * @param unknownPresent writes of unknown outcome that turned out to have happened
 * @param unknownAbsent  writes of unknown outcome that did not happen; no loss, for nobody was told otherwise
 * @param unexpected     rows that no recorded write explains, so a refused write happened after all
 */
public record WriteComparison(
        int acknowledged,
        List<RowKey> lost,
        List<RowKey> duplicated,
        int unknownPresent,
        int unknownAbsent,
        List<RowKey> unexpected) {
    private static final Comparator<RowKey> ORDER =
            Comparator.comparingInt(RowKey::client).thenComparingLong(RowKey::sequence);

    public WriteComparison {
        lost = List.copyOf(lost);
        duplicated = List.copyOf(duplicated);
        unexpected = List.copyOf(unexpected);
    }

    /** {@code rows} tells how often the server holds each key. */
    public static WriteComparison of(LoadRecord record, Map<RowKey, Long> rows) {
        List<RowKey> acknowledged =
                record.acknowledged().stream().map(Write::key).toList();
        List<RowKey> unknown = record.unknown().stream().map(Write::key).toList();
        Set<RowKey> explained = new HashSet<>(acknowledged);
        explained.addAll(unknown);
        int present = (int) unknown.stream().filter(rows::containsKey).count();
        return new WriteComparison(
                acknowledged.size(),
                sorted(acknowledged.stream().filter(key -> !rows.containsKey(key))),
                sorted(rows.entrySet().stream()
                        .filter(row -> row.getValue() > 1)
                        .map(Map.Entry::getKey)),
                present,
                unknown.size() - present,
                sorted(rows.keySet().stream().filter(key -> !explained.contains(key))));
    }

    /** Whether every acknowledged write is there, once, and nothing else. */
    public boolean exact() {
        return lost.isEmpty() && duplicated.isEmpty() && unexpected.isEmpty();
    }

    /** One line for a person. */
    public String sentence() {
        return "%d acknowledged, %d lost, %d duplicated, %d unexpected; of unknown outcome %d present, %d absent"
                .formatted(
                        acknowledged, lost.size(), duplicated.size(), unexpected.size(), unknownPresent, unknownAbsent);
    }

    private static List<RowKey> sorted(Stream<RowKey> keys) {
        return keys.sorted(ORDER).collect(Collectors.toList());
    }
}
