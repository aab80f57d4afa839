package io.mha4j.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** What is known of SSH to the source's host when the checks are over. Attempts end when a test lets them, after a time it says. */
final class SshDoubtTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Optional<String> REACHED = Optional.empty();
    private static final Optional<String> NOT_REACHED = Optional.of("no answer");

    private final AtomicInteger attempts = new AtomicInteger();
    private final AtomicLong now = new AtomicLong();
    private final Semaphore ends = new Semaphore(0);
    private Duration silence = Duration.ZERO;
    private volatile Optional<String> answer = NOT_REACHED;

    private final SshDoubt doubt = new SshDoubt(this::attempt, () -> silence, LIMIT, now::get);

    private Optional<String> attempt() {
        attempts.incrementAndGet();
        ends.acquireUninterruptibly();
        return answer;
    }

    /** Lets the attempt that is under way end, {@code took} after it began. */
    private void end(Duration took) {
        await(ends::hasQueuedThreads);
        now.addAndGet(took.toNanos());
        ends.release();
        await(() -> !doubt.isTrying());
    }

    private static void await(BooleanSupplier condition) {
        Deadline deadline = Deadline.in(Duration.ofSeconds(20), System::nanoTime);
        while (!condition.getAsBoolean() && !deadline.isOver()) {
            Thread.onSpinWait();
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    /** The attempt ends while it is waited for: an answer that came before would be asked for again. */
    private Optional<String> atDecision() {
        CompletableFuture<Optional<String>> told = new CompletableFuture<>();
        Thread asking = new Thread(() -> told.complete(doubt.unreachable()));
        asking.start();
        await(() -> asking.getState() == Thread.State.TIMED_WAITING);
        ends.release();
        return told.orTimeout(20, TimeUnit.SECONDS).join();
    }

    @Test
    void an_attempt_of_the_first_failure_answers_at_the_decision() {
        doubt.failing(1);
        doubt.failing(2);
        assertThat(atDecision()).isEqualTo(NOT_REACHED);
        assertThat(attempts).hasValue(1);
    }

    @Test
    void a_host_that_was_silent_for_a_whole_attempt_gets_three_seconds_more() {
        doubt.failing(1);
        end(LIMIT);
        doubt.failing(2);
        assertThat(doubt.patience()).isEqualTo(Duration.ofSeconds(3));
        assertThat(doubt.unreachable()).contains("it is silent still");
        assertThat(attempts).hasValue(2);
    }

    /** What hung may have been the kept connection: a firewall between has forgotten it. */
    @Test
    void a_host_whose_port_answers_is_tried_anew_after_an_attempt_in_silence() {
        doubt.failing(1);
        CompletableFuture<Optional<String>> told = new CompletableFuture<>();
        Thread asking = new Thread(() -> told.complete(doubt.unreachable()));
        asking.start();
        await(() -> asking.getState() == Thread.State.TIMED_WAITING);
        now.addAndGet(LIMIT.toNanos());
        ends.release();
        await(() -> attempts.get() == 2);
        answer = REACHED;
        ends.release();

        assertThat(told.orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo(REACHED);
    }

    @Test
    void a_login_is_waited_for_as_long_as_ever_after_one_that_failed_at_once() {
        doubt.failing(1);
        end(Duration.ofMillis(3));
        doubt.failing(2);
        assertThat(doubt.patience()).isGreaterThan(LIMIT);
        answer = REACHED;
        assertThat(atDecision()).isEqualTo(REACHED);
    }

    @Test
    void a_host_that_answered_is_asked_again() {
        answer = REACHED;
        doubt.failing(1);
        end(Duration.ofMillis(3));
        answer = NOT_REACHED;
        assertThat(atDecision()).isEqualTo(NOT_REACHED);
        assertThat(attempts).hasValue(2);
    }

    @Test
    void a_host_that_comes_back_is_reached() {
        doubt.failing(1);
        end(LIMIT);
        answer = REACHED;
        assertThat(atDecision()).isEqualTo(REACHED);
    }

    @Test
    void silence_before_an_answer_of_the_source_does_not_count() {
        doubt.failing(1);
        end(LIMIT);
        doubt.failing(1);
        assertThat(doubt.patience()).isGreaterThan(LIMIT);
    }

    @Test
    void without_a_failure_it_is_tried_now() {
        assertThat(atDecision()).isEqualTo(NOT_REACHED);
    }

    @Test
    void a_host_from_which_nothing_at_all_comes_back_is_not_waited_for() {
        doubt.failing(1);
        now.addAndGet(Duration.ofSeconds(3).toNanos());
        silence = Duration.ofSeconds(3);
        assertThat(doubt.patience()).isZero();
        assertThat(doubt.unreachable()).contains("it is silent still");
    }

    @Test
    void nor_after_a_whole_attempt_in_silence() {
        doubt.failing(1);
        end(LIMIT);
        silence = LIMIT;
        doubt.failing(2);
        assertThat(doubt.patience()).isZero();
        assertThat(doubt.unreachable()).contains("it is silent still");
    }

    @Test
    void an_attempt_that_begins_at_the_decision_is_waited_for_on_a_silent_host_too() {
        doubt.failing(1);
        end(LIMIT);
        silence = LIMIT;
        answer = REACHED;
        // It has a second, of which nothing is lost here.
        ends.release();
        assertThat(doubt.unreachable()).isEqualTo(REACHED);
    }

    @Test
    void a_login_that_began_late_has_its_time_on_a_silent_host_too() {
        doubt.failing(1);
        end(Duration.ofMillis(3));
        doubt.failing(2);
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        silence = Duration.ofSeconds(3);
        assertThat(doubt.patience()).isEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void a_host_that_answers_on_another_port_is_waited_for_as_long_as_ever() {
        doubt.failing(1);
        now.addAndGet(Duration.ofSeconds(3).toNanos());
        silence = Duration.ofSeconds(2);
        assertThat(doubt.patience()).isGreaterThan(LIMIT);
    }
}
