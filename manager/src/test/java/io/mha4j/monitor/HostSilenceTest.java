package io.mha4j.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.Deadline;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** How silent the source's host is. A try ends when a test lets it. */
final class HostSilenceTest {
    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger tries = new AtomicInteger();
    private final Semaphore ends = new Semaphore(0);
    private volatile boolean heard;

    private final HostSilence silence = new HostSilence(this::knock, now::get);

    private boolean knock() {
        tries.incrementAndGet();
        ends.acquireUninterruptibly();
        return heard;
    }

    private void passes(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private void endsOne() {
        await(ends::hasQueuedThreads);
        ends.release();
        await(() -> !ends.hasQueuedThreads() && ends.availablePermits() == 0);
    }

    private static void await(BooleanSupplier condition) {
        Deadline deadline = Deadline.in(Duration.ofSeconds(20), System::nanoTime);
        while (!condition.getAsBoolean() && !deadline.isOver()) {
            Thread.onSpinWait();
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    @Test
    void nothing_is_known_before_a_check_has_failed() {
        passes(Duration.ofSeconds(9));
        assertThat(silence.length()).isZero();
    }

    @Test
    void it_lasts_since_the_first_failure_over_all_tries() {
        silence.failing(1);
        passes(Duration.ofSeconds(1));
        endsOne();
        await(() -> {
            silence.failing(2);
            return tries.get() == 2;
        });
        passes(Duration.ofSeconds(2));
        assertThat(silence.length()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void one_answer_ends_it() {
        heard = true;
        silence.failing(1);
        passes(Duration.ofSeconds(3));
        endsOne();
        await(() -> silence.length().isZero());
        silence.failing(2);
        passes(Duration.ofSeconds(3));
        assertThat(silence.length()).isZero();
        assertThat(tries).hasValue(1);
    }

    @Test
    void an_answer_of_the_source_begins_it_anew() {
        silence.failing(1);
        passes(Duration.ofSeconds(3));
        silence.failing(1);
        passes(Duration.ofSeconds(1));
        assertThat(silence.length()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void a_source_that_refuses_us_in_between_is_not_silent_until_it_fails_again() {
        silence.failing(1);
        silence.failing(2);
        passes(Duration.ofMinutes(40));
        silence.broken();
        assertThat(silence.length()).isZero();
        silence.failing(3);
        passes(Duration.ofSeconds(1));
        assertThat(silence.length()).isEqualTo(Duration.ofSeconds(1));
    }
}
