package io.mha4j.lab.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.lab.load.Write.RowKey;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LossClaimTest {
    @Test
    void none_is_true_only_without_a_lost_write() {
        LossClaim none = claim("Sat Nov 21 - [info] Loss verdict: none, proven");
        assertThat(none.agreesWith(lost(0))).isTrue();
        assertThat(none.agreesWith(lost(1))).isFalse();
    }

    @Test
    void a_proof_is_told_from_a_word() {
        assertThat(claim("Loss verdict: none, proven: the log was read to its end")
                        .proven())
                .isTrue();
        assertThat(claim("Loss verdict: none").proven()).isFalse();
        assertThat(claim("Loss verdict: none acknowledged, proven by semi-sync: each commit waited")
                        .proven())
                .isFalse();
        assertThat(claim("Loss verdict: at least 1 transaction lost: none proven")
                        .proven())
                .isFalse();
        assertThat(claim("Loss verdict: unknown: none, proven would be a lie").proven())
                .isFalse();
    }

    @Test
    void where_some_are_said_to_be_lost_some_are() {
        LossClaim two = claim("verdict: at least 2 transactions lost: a, b");
        assertThat(two.agreesWith(lost(3))).isTrue();
        assertThat(two.agreesWith(lost(0))).isFalse();
        assertThat(claim("verdict: at least 1 transaction lost: a").agreesWith(lost(1)))
                .isTrue();
    }

    @Test
    void a_lost_write_that_was_never_answered_bears_out_a_loss_but_is_none_of_a_clients() {
        WriteComparison unanswered = compared(0, 1);
        assertThat(claim("verdict: at least 1 transaction lost: a").agreesWith(unanswered))
                .isTrue();
        assertThat(claim("verdict: none, proven").agreesWith(unanswered)).isTrue();
    }

    @Test
    void none_acknowledged_is_none_of_the_writes_that_a_client_knows_of() {
        LossClaim none = claim("verdict: none acknowledged, proven by semi-sync: each commit waited");
        assertThat(none.agreesWith(lost(0))).isTrue();
        assertThat(none.agreesWith(lost(1))).isFalse();
    }

    @Test
    void not_to_know_is_never_untrue() {
        assertThat(claim("Verdict: unknown: the binary log was not read").agreesWith(lost(9)))
                .isTrue();
    }

    @Test
    void the_last_claim_counts() {
        List<String> log = List.of("verdict: unknown: not yet", "verdict: none, proven", "done");
        assertThat(LossClaim.in(log).map(LossClaim::line)).contains("verdict: none, proven");
        assertThat(LossClaim.in(List.of("all is well, the verdict comes later")))
                .isEmpty();
    }

    private static LossClaim claim(String line) {
        return LossClaim.in(List.of(line)).orElseThrow();
    }

    private static WriteComparison lost(int count) {
        return compared(count, 0);
    }

    private static WriteComparison compared(int lost, int unknownAbsent) {
        List<RowKey> keys =
                LongStream.range(0, lost).mapToObj(i -> new RowKey(1, i)).toList();
        return new WriteComparison(lost, keys, List.of(), 0, unknownAbsent, List.of());
    }
}
