package io.mha4j.lab.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.lab.stage.WriterObserver.Sample;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whether two servers took writes at the same time, by answers that each say it of some moment. */
final class WriterObserverTest {
    private static final long MS = 1_000_000;

    /** Answers at {@code first}, {@code first + 5} ... ms, each taking 1 ms. */
    private static List<Sample> answers(int first, boolean... writable) {
        return IntStream.range(0, writable.length)
                .mapToObj(i -> new Sample((first + 5L * i) * MS, (first + 5L * i + 1) * MS, writable[i]))
                .toList();
    }

    @Test
    void one_after_the_other_is_no_overlap() {
        List<Sample> old = answers(0, true, true, false, false);
        List<Sample> fresh = answers(2, false, false, false, true);
        assertThat(WriterObserver.overlap(old, fresh)).isFalse();
        assertThat(WriterObserver.overlap(fresh, old)).isFalse();
    }

    @Test
    void an_answer_between_two_of_the_other_is_one() {
        List<Sample> old = answers(0, true, true, true, false);
        List<Sample> fresh = answers(2, false, true, true, true);
        assertThat(WriterObserver.overlap(fresh, old)).isTrue();
    }

    @Test
    void one_answer_alone_proves_nothing_for_a_time() {
        List<Sample> old = answers(0, true, true, false);
        List<Sample> fresh = answers(7, true, true);
        assertThat(WriterObserver.overlap(fresh, old)).isFalse();
    }

    @Test
    void nothing_is_known_of_a_server_between_answers_far_apart() {
        List<Sample> broken = List.of(new Sample(0, MS, true), new Sample(900 * MS, 901 * MS, true));
        assertThat(WriterObserver.overlap(answers(400, true), broken)).isFalse();
    }
}
