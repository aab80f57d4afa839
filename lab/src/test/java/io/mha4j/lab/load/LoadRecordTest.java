package io.mha4j.lab.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.lab.load.LoadRecord.Gap;
import io.mha4j.lab.load.Write.Outcome;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoadRecordTest {
    private static final long FAULT = millis(100);

    @Test
    void downtime_is_the_longest_gap_that_ends_after_the_fault() {
        LoadRecord record = new LoadRecord(List.of(acked(10), acked(40), acked(90), acked(700), acked(710)), 0);
        assertThat(record.downtime(FAULT).map(Gap::length)).contains(Duration.ofMillis(610));
        assertThat(record.quietGap(FAULT).map(Gap::length)).contains(Duration.ofMillis(50));
    }

    @Test
    void writes_of_several_connections_count_in_the_order_of_their_ends() {
        LoadRecord record = new LoadRecord(List.of(acked(90), acked(10), acked(130), acked(50)), 0);
        assertThat(record.downtime(FAULT).map(Gap::length)).contains(Duration.ofMillis(40));
    }

    @Test
    void there_is_no_downtime_to_state_while_nothing_is_acknowledged_again() {
        LoadRecord record = new LoadRecord(List.of(acked(10), acked(90), unknown(300)), 0);
        assertThat(record.downtime(FAULT)).isEmpty();
        assertThat(record.unknown()).hasSize(1);
    }

    @Test
    void unknown_writes_do_not_shorten_a_gap() {
        LoadRecord record = new LoadRecord(List.of(acked(90), unknown(140), acked(190)), 0);
        assertThat(record.downtime(FAULT).map(Gap::length)).contains(Duration.ofMillis(100));
    }

    @Test
    void the_rate_counts_only_what_came_before() {
        List<Write> steady =
                IntStream.rangeClosed(0, 20).mapToObj(i -> acked(5L * i)).toList();
        assertThat(new LoadRecord(steady, 0).ratePerSecond(FAULT)).hasValue(200);
        assertThat(new LoadRecord(steady, 0).ratePerSecond(millis(3))).isEmpty();
    }

    @Test
    void only_an_error_before_any_change_proves_that_nothing_was_written() {
        assertThat(Refusals.proves(new SQLException("read only", "HY000", 1290)))
                .isTrue();
        assertThat(Refusals.proves(new SQLException("shutdown in progress", "08S01", 1053)))
                .isFalse();
        assertThat(Refusals.proves(new SQLException("socket error"))).isFalse();
    }

    private static Write acked(long atMillis) {
        return write(atMillis, Outcome.ACKNOWLEDGED);
    }

    private static Write unknown(long atMillis) {
        return write(atMillis, Outcome.UNKNOWN);
    }

    private static Write write(long atMillis, Outcome outcome) {
        return new Write(
                1, atMillis, millis(atMillis) - 1, millis(atMillis), Instant.EPOCH.plusMillis(atMillis), outcome);
    }

    private static long millis(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
