package io.mha4j.lab.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.lab.load.LoadRecord;
import io.mha4j.lab.load.Write;
import io.mha4j.lab.load.Write.Outcome;
import io.mha4j.lab.load.Write.RowKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WriteComparisonTest {
    private final LoadRecord record = new LoadRecord(
            List.of(write(1, 1, Outcome.ACKNOWLEDGED), write(1, 2, Outcome.UNKNOWN), write(2, 1, Outcome.ACKNOWLEDGED)),
            0);

    @Test
    void every_acknowledged_write_there_once_is_exact_whatever_became_of_the_unknown_ones() {
        WriteComparison without = WriteComparison.of(record, Map.of(key(1, 1), 1L, key(2, 1), 1L));
        WriteComparison with = WriteComparison.of(record, Map.of(key(1, 1), 1L, key(1, 2), 1L, key(2, 1), 1L));
        assertThat(without.exact()).isTrue();
        assertThat(without.unknownAbsent()).isEqualTo(1);
        assertThat(with.exact()).isTrue();
        assertThat(with.unknownPresent()).isEqualTo(1);
    }

    @Test
    void a_missing_acknowledged_write_is_lost() {
        WriteComparison found = WriteComparison.of(record, Map.of(key(1, 1), 1L));
        assertThat(found.lost()).containsExactly(key(2, 1));
        assertThat(found.exact()).isFalse();
    }

    @Test
    void a_row_found_twice_is_duplicated_also_when_its_outcome_was_unknown() {
        WriteComparison found = WriteComparison.of(record, Map.of(key(1, 1), 1L, key(1, 2), 2L, key(2, 1), 1L));
        assertThat(found.duplicated()).containsExactly(key(1, 2));
        assertThat(found.exact()).isFalse();
    }

    @Test
    void a_row_that_no_write_explains_is_unexpected() {
        WriteComparison found = WriteComparison.of(record, Map.of(key(1, 1), 1L, key(2, 1), 1L, key(3, 9), 1L));
        assertThat(found.unexpected()).containsExactly(key(3, 9));
        assertThat(found.sentence())
                .isEqualTo("2 acknowledged, 0 lost, 0 duplicated, 1 unexpected;"
                        + " of unknown outcome 0 present, 1 absent");
    }

    private static RowKey key(int client, long sequence) {
        return new RowKey(client, sequence);
    }

    private static Write write(int client, long sequence, Outcome outcome) {
        return new Write(client, sequence, 0, sequence, Instant.EPOCH, outcome);
    }
}
