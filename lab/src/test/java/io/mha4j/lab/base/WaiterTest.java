package io.mha4j.lab.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WaiterTest {
    private final AtomicLong now = new AtomicLong();
    private final Waiter waiter = new Waiter(now::get, time -> now.addAndGet(time.toNanos()));

    @Test
    void a_condition_that_comes_true_ends_the_wait() {
        boolean held = waiter.until(waiter.in(Duration.ofSeconds(5)), () -> now.get() >= 1_000_000_000L);

        assertThat(held).isTrue();
        assertThat(Duration.ofNanos(now.get())).isLessThan(Duration.ofMillis(1100));
    }

    @Test
    void the_deadline_ends_the_wait_for_what_never_comes() {
        assertThat(waiter.until(waiter.in(Duration.ofSeconds(5)), () -> false)).isFalse();
        assertThat(Duration.ofNanos(now.get())).isBetween(Duration.ofSeconds(5), Duration.ofMillis(5100));
    }

    @Test
    void a_deadline_that_is_over_allows_one_look() {
        assertThat(waiter.until(waiter.in(Duration.ZERO), () -> true)).isTrue();
    }
}
