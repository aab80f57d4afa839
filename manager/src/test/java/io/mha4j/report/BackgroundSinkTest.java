package io.mha4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class BackgroundSinkTest {
    private static final Duration NEVER = Duration.ZERO;
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Gate target = new Gate();

    /** Accepts a text only when it is let in. */
    private static final class Gate implements LogSink {
        private final Semaphore knocked = new Semaphore(0);
        private final Semaphore letIn = new Semaphore(0);
        private final List<String> texts = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void append(String text) {
            knocked.release();
            letIn.acquireUninterruptibly();
            texts.add(text);
        }

        void isTried() {
            knocked.acquireUninterruptibly();
        }

        void open() {
            letIn.release(1_000_000);
        }

        String text() {
            return String.join("", texts);
        }
    }

    private BackgroundSink sink(int characters, Duration room, Duration flush) {
        return BackgroundSink.to(
                target, missing -> "(" + missing + " missing)\n", new BackgroundSink.Limits(characters, room, flush));
    }

    @Test
    void a_log_that_accepts_nothing_holds_nobody_up_and_gets_everything_in_order_later() {
        BackgroundSink sink = sink(10_000, NEVER, LONG);
        IntStream.range(0, 1000).forEach(i -> sink.append(i + "\n"));
        assertThat(target.texts).isEmpty();

        target.open();
        sink.flush();

        assertThat(target.text().lines())
                .containsExactlyElementsOf(
                        IntStream.range(0, 1000).mapToObj(Integer::toString).toList());
    }

    @Test
    void what_does_not_fit_is_left_out_and_counted_in_its_place() {
        BackgroundSink sink = sink(8, NEVER, LONG);
        sink.append("first\n");
        target.isTried();
        List.of("a23\n", "b23\n", "c23\n", "d\n").forEach(sink::append);

        target.letIn.release();
        target.isTried();
        sink.append("later\n");
        target.open();
        sink.flush();

        assertThat(target.text()).isEqualTo("first\na23\nb23\n(2 missing)\nlater\n");
    }

    @Test
    void a_text_longer_than_the_limit_is_taken_when_nothing_waits() {
        BackgroundSink sink = sink(8, NEVER, LONG);
        target.open();
        sink.append("a long story\n");
        sink.flush();

        assertThat(target.text()).isEqualTo("a long story\n");
    }

    @Test
    void a_log_that_is_merely_slow_loses_nothing() {
        BackgroundSink sink = sink(8, LONG, LONG);
        target.open();
        IntStream.range(0, 10_000).forEach(i -> sink.append("1234567\n"));
        sink.flush();

        assertThat(target.text()).isEqualTo("1234567\n".repeat(10_000));
    }

    @Test
    void a_flush_waits_for_a_log_that_accepts_nothing_no_longer_than_it_may() {
        BackgroundSink sink = sink(8, NEVER, Duration.ofMillis(1));
        sink.append("one\n");
        sink.flush();
        assertThat(target.texts).isEmpty();
    }

    @Test
    void a_thread_that_is_told_to_end_has_its_last_words() {
        BackgroundSink sink = sink(8, LONG, LONG);
        target.open();
        Thread.currentThread().interrupt();
        IntStream.range(0, 100).forEach(i -> sink.append("1234567\n"));
        sink.flush();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(target.text()).isEqualTo("1234567\n".repeat(100));
    }

    @Test
    void lines_of_several_threads_stay_whole_and_each_thread_s_in_order() throws InterruptedException {
        BackgroundSink sink = sink(1000, LONG, LONG);
        target.open();
        List<Thread> tellers = IntStream.range(0, 4)
                .mapToObj(t -> new Thread(() -> IntStream.range(0, 1000).forEach(i -> sink.append(t + ":" + i + "\n"))))
                .toList();
        tellers.forEach(Thread::start);
        for (Thread teller : tellers) {
            teller.join();
        }
        sink.flush();

        List<String> lines = target.text().lines().toList();
        assertThat(lines).hasSize(4000);
        IntStream.range(0, 4).forEach(t -> assertThat(lines.stream().filter(line -> line.startsWith(t + ":")))
                .containsExactlyElementsOf(
                        IntStream.range(0, 1000).mapToObj(i -> t + ":" + i).toList()));
    }

    @Test
    void the_event_log_tells_in_its_own_words_what_is_missing_and_remembers_it() {
        EventLog log = EventLog.to(target, Level.INFO, new TestClock("2025-11-07T09:05:03Z"), ZoneOffset.UTC)
                .inBackground();
        log.info("first");
        target.isTried();
        log.output("x".repeat(BackgroundSink.LIMITS.characters()));
        log.warning("lost");
        target.open();
        log.flush();

        assertThat(target.text())
                .startsWith("Fri Nov  7 09:05:03 2025 - [info] first\nxxx")
                .endsWith(
                        "xxx\nFri Nov  7 09:05:03 2025 - [warning] messages missing here, which the log did not accept: 1\n");
        assertThat(log.events()).extracting(Event::message).contains("lost");
    }
}
