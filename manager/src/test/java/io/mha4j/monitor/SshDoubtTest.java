package io.mha4j.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is known of SSH to the source's host when the checks are over. Attempts end when a test lets them. */
final class SshDoubtTest {
    private static final Optional<String> REACHED = Optional.empty();
    private static final Optional<String> SILENT = Optional.of("no answer");

    private final AtomicInteger attempts = new AtomicInteger();
    private final Semaphore ends = new Semaphore(0);
    private volatile Optional<String> answer = SILENT;
    private volatile CountDownLatch ended = new CountDownLatch(1);

    private final SshDoubt doubt = new SshDoubt(this::attempt, Duration.ofSeconds(20), System::nanoTime);

    private Optional<String> attempt() {
        attempts.incrementAndGet();
        try {
            ends.acquire();
            return answer;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            ended.countDown();
        }
    }

    private void end() throws InterruptedException {
        ends.release();
        assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
        ended = new CountDownLatch(1);
        // The task is done a moment after its work has come back.
        Thread.sleep(50);
    }

    @Test
    void an_attempt_of_the_first_failure_answers_at_the_decision() throws InterruptedException {
        doubt.failing(1);
        doubt.failing(2);
        ends.release();
        assertThat(doubt.unreachable()).isEqualTo(SILENT);
        assertThat(attempts).hasValue(1);
    }

    @Test
    void a_host_that_was_silent_once_is_not_waited_for_again() throws InterruptedException {
        doubt.failing(1);
        end();
        doubt.failing(2);
        long start = System.nanoTime();
        assertThat(doubt.unreachable()).contains("it is silent still");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        assertThat(attempts).hasValue(2);
    }

    @Test
    void a_host_that_answered_is_asked_again() throws InterruptedException {
        answer = REACHED;
        doubt.failing(1);
        end();
        answer = SILENT;
        ends.release();
        assertThat(doubt.unreachable()).isEqualTo(SILENT);
        assertThat(attempts).hasValue(2);
    }

    @Test
    void a_host_that_comes_back_is_reached() throws InterruptedException {
        doubt.failing(1);
        end();
        answer = REACHED;
        ends.release();
        assertThat(doubt.unreachable()).isEqualTo(REACHED);
    }

    @Test
    void silence_before_an_answer_of_the_source_does_not_count() throws InterruptedException {
        doubt.failing(1);
        end();
        answer = REACHED;
        doubt.failing(1);
        Thread late = new Thread(() -> {
            try {
                Thread.sleep(1500);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            ends.release();
        });
        late.start();
        assertThat(doubt.unreachable()).isEqualTo(REACHED);
        late.join();
    }

    @Test
    void without_a_failure_it_is_tried_now() {
        ends.release();
        assertThat(doubt.unreachable()).isEqualTo(SILENT);
    }
}
