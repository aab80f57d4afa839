package io.mha4j.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.base.InterruptedWork;
import io.mha4j.report.ReportException;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ReloadTest {
    private final Reload reload = new Reload();
    private final CountDownLatch never = new CountDownLatch(1);

    private String waitForEver() {
        try {
            assertThat(never.await(20, TimeUnit.SECONDS)).isTrue();
            return "never";
        } catch (InterruptedException e) {
            throw InterruptedWork.during("waiting", e);
        }
    }

    @Test
    void an_order_ends_the_work_and_leaves_no_interrupt() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        Thread other = new Thread(() -> {
            try {
                begun.await();
                reload.order();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        other.start();
        assertThat(reload.interruptible(() -> {
                    begun.countDown();
                    return waitForEver();
                }))
                .isEmpty();
        other.join();
        assertThat(Thread.interrupted()).isFalse();
        assertThat(reload.interruptible(() -> "next")).contains("next");
    }

    @Test
    void an_order_before_the_work_is_taken_at_its_beginning_and_once() {
        reload.order();
        reload.order();
        assertThat(reload.interruptible(() -> "work")).isEmpty();
        assertThat(reload.interruptible(() -> "work")).contains("work");
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void an_order_that_comes_too_late_is_kept_for_the_next_work() {
        assertThat(reload.interruptible(() -> {
                    reload.order();
                    return "done";
                }))
                .contains("done");
        assertThat(Thread.interrupted()).isFalse();
        assertThat(reload.interruptible(() -> "next")).isEmpty();
    }

    @Test
    void an_interrupt_that_is_forgotten_comes_again() {
        assertThat(reload.interruptible(() -> {
                    reload.order();
                    assertThat(Thread.interrupted()).isTrue();
                    return waitForEver();
                }))
                .isEmpty();
        assertThat(Thread.interrupted()).isFalse();
        assertThat(reload.interruptible(() -> "next")).contains("next");
    }

    @Test
    void insisting_on_an_order_spares_the_work_that_follows() {
        for (int round = 0; round < 100; round++) {
            assertThat(reload.interruptible(() -> {
                        reload.order();
                        return waitForEver();
                    }))
                    .isEmpty();
            assertThat(reload.interruptible(() -> spun(1))).contains("spun");
            assertThat(Thread.interrupted()).isFalse();
        }
    }

    private static String spun(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() < end) {
            if (Thread.currentThread().isInterrupted()) {
                return "interrupted";
            }
            Thread.onSpinWait();
        }
        return "spun";
    }

    @Test
    void a_failure_that_an_order_caused_is_taken_for_it_and_any_other_is_not() {
        assertThat(reload.interruptible(() -> {
                    reload.order();
                    throw new ReportException("closed by interrupt", new IOException());
                }))
                .isEmpty();
        assertThatThrownBy(() -> reload.interruptible(() -> {
                    throw new ReportException("disk full", new IOException());
                }))
                .hasMessage("disk full");
    }

    @Test
    void who_else_interrupts_is_not_taken_for_an_order() throws InterruptedException {
        AtomicReference<Thread> worker = new AtomicReference<>(Thread.currentThread());
        assertThatThrownBy(() -> reload.interruptible(() -> {
                    worker.get().interrupt();
                    return waitForEver();
                }))
                .isInstanceOf(InterruptedWork.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(reload.interruptible(() -> "next")).contains("next");
    }
}
