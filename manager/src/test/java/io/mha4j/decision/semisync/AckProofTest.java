package io.mha4j.decision.semisync;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.binlog.BinlogPosition;
import io.mha4j.decision.semisync.AckProof.Reader;
import io.mha4j.topology.details.SourceStatus;
import io.mha4j.topology.details.SourceStatus.Acknowledging;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When commits that waited for replicas prove that none which was acknowledged is lost. */
final class AckProofTest {
    private static final Instant SEEN = Instant.parse("2026-01-02T03:04:05Z");
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Acknowledging USUAL = waiting(1, 2);
    private static final List<Reader> BOTH = List.of(new Reader(2, true), new Reader(3, true));

    private static Acknowledging waiting(long needed, long clients) {
        return new Acknowledging(true, true, true, TIMEOUT, needed, clients, Duration.ZERO);
    }

    private static AckProof judged(
            Acknowledging waiting, Duration stopped, List<Long> registered, List<Reader> readers) {
        SourceStatus status = new SourceStatus(
                SEEN,
                new BinlogPosition("bin.000001", 4),
                Optional.empty(),
                Optional.of(waiting),
                Optional.of(registered));
        return AckProof.of(status, waiting, Optional.of(SEEN.plus(stopped)), readers);
    }

    private static void assertUnproven(Acknowledging waiting, String why) {
        AckProof proof = judged(waiting, Duration.ofSeconds(1), List.of(2L, 3L), BOTH);
        assertThat(proof.proven()).isFalse();
        assertThat(proof.clause()).contains(why);
    }

    @Test
    void commits_that_waited_until_the_source_was_stopped_are_on_a_replica() {
        AckProof proof = judged(USUAL, Duration.ofMillis(3250), List.of(2L, 3L), BOTH);
        assertThat(proof.proven()).isTrue();
        assertThat(proof.clause())
                .isEqualTo(
                        "each commit waited up to 10.000 s for an acknowledgement, from 3.250 s before it was stopped on,"
                                + " and every replica that may have given one was read");
    }

    @Test
    void what_does_not_wait_proves_nothing() {
        assertUnproven(new Acknowledging(false, true, true, TIMEOUT, 1, 2, Duration.ZERO), "did not wait for replicas");
        assertUnproven(new Acknowledging(true, false, true, TIMEOUT, 1, 2, Duration.ZERO), "not AFTER_SYNC");
        assertUnproven(new Acknowledging(true, true, false, TIMEOUT, 1, 2, Duration.ZERO), "wait_no_replica is off");
    }

    @Test
    void the_source_may_have_given_the_waiting_up_before_it_was_stopped() {
        assertThat(judged(USUAL, TIMEOUT.minusMillis(1), List.of(2L, 3L), BOTH).proven())
                .isTrue();
        AckProof late = judged(USUAL, TIMEOUT, List.of(2L, 3L), BOTH);
        assertThat(late.proven()).isFalse();
        assertThat(late.clause()).contains("gives the waiting up after 10.000 s", "only 10.000 s after");
        assertThat(judged(USUAL, Duration.ofMillis(-1), List.of(2L, 3L), BOTH).clause())
                .contains("clock");
    }

    @Test
    void a_commit_that_waited_already_ends_the_waiting_earlier() {
        Acknowledging busy = new Acknowledging(true, true, true, TIMEOUT, 1, 2, Duration.ofSeconds(4));
        assertThat(judged(busy, Duration.ofMillis(5999), List.of(2L, 3L), BOTH).proven())
                .isTrue();
        AckProof late = judged(busy, Duration.ofSeconds(6), List.of(2L, 3L), BOTH);
        assertThat(late.proven()).isFalse();
        assertThat(late.clause()).contains("a commit had waited for 4.000 s");
    }

    @Test
    void one_that_is_not_known_to_be_stopped_may_go_on() {
        SourceStatus status = new SourceStatus(
                SEEN,
                new BinlogPosition("bin.000001", 4),
                Optional.empty(),
                Optional.of(USUAL),
                Optional.of(List.of(2L, 3L)));
        assertThat(AckProof.of(status, USUAL, Optional.empty(), BOTH).proven()).isFalse();
    }

    @Test
    void the_only_one_that_acknowledged_may_be_one_that_cannot_be_asked() {
        AckProof dead = judged(USUAL, Duration.ofSeconds(1), List.of(2L, 3L), List.of(new Reader(2, true)));
        assertThat(dead.proven()).isFalse();
        assertThat(dead.clause()).contains("1 replica that may have acknowledged cannot be asked");
    }

    @Test
    void of_two_acknowledgements_one_is_by_somebody_who_was_read() {
        List<Reader> one = List.of(new Reader(2, true));
        assertThat(judged(waiting(2, 2), Duration.ofSeconds(1), List.of(2L, 3L), one)
                        .proven())
                .isTrue();
    }

    @Test
    void one_that_reads_the_log_without_acknowledging_is_not_missed() {
        assertThat(judged(USUAL, Duration.ofSeconds(1), List.of(2L, 3L, 99L), BOTH)
                        .proven())
                .isTrue();
    }

    /** With relay_log_recovery it has thrown away what it had not executed. */
    @Test
    void one_that_acknowledges_no_more_may_have_lost_what_it_had_acknowledged() {
        List<Reader> restarted = List.of(new Reader(2, true), new Reader(3, false));
        assertThat(judged(USUAL, Duration.ofSeconds(1), List.of(2L, 3L), restarted)
                        .proven())
                .isFalse();
    }

    /** Its connection to the source had ended before, though it does not know that yet. */
    @Test
    void one_that_was_not_connected_stands_for_no_acknowledgement() {
        assertThat(judged(waiting(1, 1), Duration.ofSeconds(1), List.of(99L), BOTH)
                        .proven())
                .isFalse();
    }

    @Test
    void who_was_connected_must_be_known() {
        assertThat(judged(USUAL, Duration.ofSeconds(1), List.of(2L), BOTH).clause())
                .contains("told it its name");
        SourceStatus silent = new SourceStatus(
                SEEN, new BinlogPosition("bin.000001", 4), Optional.empty(), Optional.of(USUAL), Optional.empty());
        assertThat(AckProof.of(silent, USUAL, Optional.of(SEEN), BOTH).clause())
                .contains("does not tell our account which replicas are connected");
    }
}
