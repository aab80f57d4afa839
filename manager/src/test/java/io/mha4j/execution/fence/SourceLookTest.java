package io.mha4j.execution.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.base.ServerId;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whether the old source is asked once more, and for how long it is waited for. */
final class SourceLookTest {
    private static final ServerId OLD = new ServerId(0, "server1", "a", "10.0.0.1", 3306);
    private static final Duration FRESH = Duration.ofSeconds(3);
    /** More than a busy machine takes to begin a thread. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** A permit for each time it was asked, by whichever thread. */
    private final Semaphore asked = new Semaphore(0);

    private final CountDownLatch silent = new CountDownLatch(1);
    private volatile boolean answers;
    private volatile boolean refuses;
    private volatile long now;

    private final SourceLook look = new SourceLook(
            limit -> {
                asked.release();
                if (!answers && !refuses) {
                    isReached(silent);
                }
                return answers;
            },
            FRESH,
            LIMIT,
            () -> now);

    @AfterEach
    void let_the_question_end() {
        silent.countDown();
    }

    @Test
    void nobody_is_opened_beside_one_that_answers() {
        answers = true;
        assertThatThrownBy(() -> look.throwIfBack(OLD))
                .isInstanceOf(SourceLook.SourceBack.class)
                .hasMessageContaining("a(10.0.0.1:3306) answers again")
                .hasMessageContaining("--ignore_last_failover");
    }

    /** Whoever waited for it would hear that it is back. */
    @Test
    void one_that_was_asked_before_and_is_silent_is_not_waited_for() {
        SourceLook late = new SourceLook(limit -> !isReached(silent), FRESH, LIMIT, () -> now);
        late.begin();
        now = Duration.ofMillis(200).toNanos();
        assertThatCode(() -> late.throwIfBack(OLD)).doesNotThrowAnyException();
    }

    /** Over a long way the rest of a login takes more time than it is given that says nothing. */
    @Test
    void one_that_has_greeted_is_waited_for() {
        CountDownLatch waitedFor = new CountDownLatch(1);
        SourceLook far = new SourceLook(
                new SourceLook.Question() {
                    @Override
                    public boolean isAnswered(Duration limit) {
                        return isReached(waitedFor);
                    }

                    @Override
                    public boolean hasSpoken() {
                        waitedFor.countDown();
                        return true;
                    }
                },
                FRESH,
                LIMIT,
                () -> now);
        far.begin();
        now = Duration.ofMillis(200).toNanos();
        assertThatThrownBy(() -> far.throwIfBack(OLD)).isInstanceOf(SourceLook.SourceBack.class);
    }

    @Test
    void one_that_answered_a_long_time_after_it_was_asked_first_is_asked_anew() {
        look.begin();
        now = FRESH.toNanos();
        answers = true;
        assertThatThrownBy(() -> look.throwIfBack(OLD)).isInstanceOf(SourceLook.SourceBack.class);
        assertThat(isAsked(2)).isTrue();
    }

    @Test
    void one_whose_port_refused_at_first_is_asked_anew() {
        refuses = true;
        look.begin();
        awaitAnswers();
        assertThatCode(() -> look.throwIfBack(OLD)).doesNotThrowAnyException();
        assertThat(isAsked(2)).isTrue();
    }

    /** The operator's script may stop it, as may whatever else is done between. */
    @Test
    void one_that_answered_when_it_was_asked_first_and_was_stopped_since_is_not_back() {
        answers = true;
        look.begin();
        awaitAnswers();
        answers = false;
        refuses = true;
        assertThatCode(() -> look.throwIfBack(OLD)).doesNotThrowAnyException();
        assertThat(isAsked(2)).isTrue();
    }

    @Test
    void one_that_answered_when_it_was_asked_first_and_answers_still_is_back() {
        answers = true;
        look.begin();
        awaitAnswers();
        assertThatThrownBy(() -> look.throwIfBack(OLD)).isInstanceOf(SourceLook.SourceBack.class);
        assertThat(isAsked(2)).isTrue();
    }

    /** It may hang for a while only, and take writes when it goes on. */
    @Test
    void one_that_answered_when_it_was_asked_first_and_hangs_since_is_back() {
        SourceLook hanging = livedThenSilent(9, false);
        assertThatThrownBy(() -> hanging.throwIfBack(OLD))
                .isInstanceOf(SourceLook.SourceBack.class)
                .hasMessageContaining("a(10.0.0.1:3306) answered again and is silent now");
        assertThat(isAsked(4)).isTrue();
    }

    @Test
    void one_that_answered_when_it_was_asked_first_and_only_greets_since_is_back() {
        SourceLook greeting = livedThenSilent(9, true);
        assertThatThrownBy(() -> greeting.throwIfBack(OLD)).isInstanceOf(SourceLook.SourceBack.class);
    }

    @Test
    void one_that_answered_when_it_was_asked_first_and_refuses_after_a_while_is_not_back() {
        SourceLook stopped = livedThenSilent(2, false);
        assertThatCode(() -> stopped.throwIfBack(OLD)).doesNotThrowAnyException();
        assertThat(isAsked(4)).isTrue();
    }

    @Test
    void one_that_answered_a_long_time_ago_and_hangs_since_is_back() {
        SourceLook hanging = livedThenSilent(9, false);
        now += FRESH.toNanos();
        assertThatThrownBy(() -> hanging.throwIfBack(OLD)).isInstanceOf(SourceLook.SourceBack.class);
    }

    /** It was asked and answered once; then it says nothing for a second each time, and refuses in the end. */
    private SourceLook livedThenSilent(int times, boolean greets) {
        AtomicInteger asks = new AtomicInteger();
        SourceLook.Question question = new SourceLook.Question() {
            @Override
            public boolean isAnswered(Duration limit) {
                asked.release();
                int before = asks.getAndIncrement();
                if (before > 0 && before <= times) {
                    now += Duration.ofSeconds(1).toNanos();
                }
                return before == 0;
            }

            @Override
            public boolean hasSpoken() {
                return greets;
            }
        };
        SourceLook first = new SourceLook(question, FRESH, LIMIT, () -> now);
        first.begin();
        awaitAnswers();
        return first;
    }

    private static void awaitAnswers() {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("source-look")) {
                try {
                    thread.join(20_000);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    /** So often and not once more, by the time that all questions have ended. */
    private boolean isAsked(int times) {
        silent.countDown();
        try {
            boolean soOften = asked.tryAcquire(times, 20, TimeUnit.SECONDS);
            awaitAnswers();
            return soOften && asked.availablePermits() == 0;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isReached(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
