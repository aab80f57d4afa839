package io.mha4j.lab.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mha4j.lab.check.LossClaim;
import io.mha4j.lab.check.WriteComparison;
import io.mha4j.lab.demo.Summary.Moment;
import io.mha4j.lab.demo.Summary.OldSource;
import io.mha4j.lab.demo.Summary.Replica;
import io.mha4j.lab.demo.Summary.Setting;
import io.mha4j.lab.fault.Scenario;
import io.mha4j.lab.load.Write.RowKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SummaryTest {
    private static final Replica FINE = new Replica("127.0.0.13:3306", true, true, "");
    private static final WriteComparison ALL_THERE = new WriteComparison(900, List.of(), List.of(), 1, 2, List.of());

    @Test
    void a_failover_as_it_should_be_has_no_faults() {
        Summary summary = summary(Optional.of("127.0.0.12:3306"), Optional.of(ALL_THERE), FINE, "verdict: none", 0);
        assertThat(summary.faults()).isEmpty();
        assertThat(summary.text())
                .contains("    +0.000 s  the source was killed")
                .contains("       never  the moon fell")
                .contains("downtime        1500 ms as clients saw it; longest gap before the fault 14 ms")
                .contains("replica         127.0.0.13:3306 follows the new source and is equal")
                .endsWith("result          all is as it should be\n");
    }

    @Test
    void lost_writes_are_a_fault_only_where_the_manager_denies_them() {
        WriteComparison lost = new WriteComparison(900, List.of(new RowKey(1, 7)), List.of(), 0, 0, List.of());
        Optional<String> source = Optional.of("b");
        assertThat(summary(source, Optional.of(lost), FINE, "verdict: none", 0).faults())
                .containsExactly("the manager's verdict is not true");
        assertThat(summary(source, Optional.of(lost), FINE, "verdict: unknown: not read", 0)
                        .faults())
                .isEmpty();
    }

    @Test
    void nothing_lost_is_called_proven_only_when_the_manager_proves_it_and_the_rows_agree() {
        Optional<String> source = Optional.of("b");
        WriteComparison lost = new WriteComparison(900, List.of(new RowKey(1, 7)), List.of(), 0, 0, List.of());
        String proof = "verdict: none, proven: read to its end";
        assertThat(summary(source, Optional.of(ALL_THERE), FINE, proof, 0).text())
                .contains("verdict         0 lost, proven\n");
        assertThat(summary(source, Optional.of(ALL_THERE), FINE, "verdict: unknown: not read", 0)
                        .text())
                .contains("verdict         0 lost, the manager has no proof\n");
        assertThat(summary(source, Optional.of(lost), FINE, proof, 0).text())
                .contains("verdict         1 lost, see the manager's word below\n")
                .doesNotContain("lost, proven");
    }

    @Test
    void the_old_source_is_home_or_left_alone_with_what_is_its_own() {
        assertThat(withOld(0, true, true).faults()).isEmpty();
        assertThat(withOld(0, true, true).text())
                .contains("old source      a follows the new source and is equal; it is read-only\n");
        assertThat(withOld(10, false, false).faults()).isEmpty();
        assertThat(withOld(10, false, false).text()).contains("has transactions of its own");
        assertThat(withOld(0, true, false).faults())
                .containsExactly("the old source a follows the new source, NOT equal; it is read-only");
        assertThat(withOld(10, false, true).faults()).as("nothing of its own").hasSize(1);
        assertThat(withOld(1, false, false).faults())
                .containsExactly("the old source a was NOT taken in: masterha rejoin ended with 1; it is read-only");
        OldSource open = new OldSource("a", 0, true, true, false);
        assertThat(summary(Optional.of("b"), Optional.of(ALL_THERE), FINE, "verdict: none", 0)
                        .with(Optional.of(open))
                        .faults())
                .hasSize(1);
    }

    @Test
    void programs_read_the_same_as_people() throws JsonProcessingException {
        JsonNode json = new ObjectMapper().readTree(SummaryJson.of(withOld(0, true, true)));
        assertThat(json.path("scenario").asText()).isEqualTo("kill9");
        assertThat(json.path("good").asBoolean()).isTrue();
        assertThat(json.path("timeline").path(0).path("ms").asLong(-1)).isZero();
        assertThat(json.path("timeline").path(1).path("ms").isNull()).isTrue();
        assertThat(json.path("downtime_ms").asLong()).isEqualTo(1500);
        assertThat(json.path("writes").path("acknowledged").asLong()).isEqualTo(900);
        assertThat(json.path("replicas").path(0).path("equal").asBoolean()).isTrue();
        assertThat(json.path("verdict").path("lost_at_most").asLong(-1)).isZero();
        assertThat(json.path("old_source").path("read_only").asBoolean()).isTrue();
        Summary empty = summary(Optional.empty(), Optional.empty(), FINE, "no word", 1);
        JsonNode none = new ObjectMapper().readTree(SummaryJson.of(empty));
        assertThat(none.path("good").asBoolean(true)).isFalse();
        assertThat(none.path("writes").isNull()).isTrue();
        assertThat(none.path("verdict").isNull()).isTrue();
        assertThat(none.path("old_source").isNull()).isTrue();
    }

    private static Summary withOld(int exit, boolean follows, boolean equal) {
        return summary(Optional.of("b"), Optional.of(ALL_THERE), FINE, "verdict: none", 0)
                .with(Optional.of(new OldSource("a", exit, follows, equal, true)));
    }

    @Test
    void every_shortcoming_is_named() {
        Replica astray = new Replica("c", false, false, "stands still");
        assertThat(summary(Optional.empty(), Optional.empty(), astray, "no word", 1)
                        .faults())
                .containsExactly(
                        "the manager ended with exit code 1",
                        "there is not exactly one writable server",
                        "c does not follow the new source: stands still",
                        "c is not equal to the new source",
                        "the manager states no verdict about lost transactions");
    }

    @Test
    void rows_that_are_there_twice_or_unasked_are_faults() {
        RowKey key = new RowKey(1, 7);
        WriteComparison odd = new WriteComparison(900, List.of(), List.of(key), 0, 0, List.of(key));
        assertThat(summary(Optional.of("b"), Optional.of(odd), FINE, "verdict: none", 0)
                        .faults())
                .containsExactly("1 writes are there twice", "1 refused writes happened");
    }

    private static Summary summary(
            Optional<String> source, Optional<WriteComparison> writes, Replica replica, String log, int exit) {
        return new Summary(
                new Setting("8.0.15", true, Scenario.KILL9),
                List.of(
                        new Moment(Optional.of(Duration.ZERO), "the source was killed"),
                        new Moment(Optional.empty(), "the moon fell")),
                source,
                Optional.of(Duration.ofMillis(1500)),
                Optional.of(Duration.ofMillis(14)),
                writes,
                List.of(replica),
                LossClaim.in(List.of(log)),
                Optional.of(exit),
                Optional.empty());
    }
}
