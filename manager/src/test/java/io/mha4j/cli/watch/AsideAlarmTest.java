package io.mha4j.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.Deadline;
import io.mha4j.base.ServerId;
import io.mha4j.report.EventLog;
import io.mha4j.report.Level;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

final class AsideAlarmTest {
    private static final ServerId A = new ServerId(0, "server1", "a", "10.0.0.1", 3306);
    private static final ServerId B = new ServerId(1, "server2", "b", "10.0.0.2", 3306);
    private static final AsideAlarm.Pace SHORT = new AsideAlarm.Pace(Duration.ofMillis(20), Duration.ofMillis(20));
    private static final AsideAlarm.Pace LONG = new AsideAlarm.Pace(Duration.ofHours(1), Duration.ofHours(1));
    private static final Duration SOON = Duration.ofSeconds(30);

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private final EventLog log = EventLog.toStream(
            new PrintStream(told, true, StandardCharsets.UTF_8), Level.INFO, InstantSource.system(), ZoneOffset.UTC);
    private final LinkedBlockingQueue<String> sent = new LinkedBlockingQueue<>();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch mailServer = new CountDownLatch(1);
    /** Which tries fail. */
    private final Deque<Predicate<String>> failures = new ArrayDeque<>();

    private boolean slow(String event, List<String> sentences) {
        try {
            asked.countDown();
            mailServer.await();
            return sent.add(event + ": " + String.join(" ", sentences));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private AsideAlarm alarm(AsideAlarm.Bell bell, AsideAlarm.Pace pace) {
        return new AsideAlarm(bell, log, System::nanoTime, pace);
    }

    private static Deadline in(Duration time) {
        return Deadline.in(time, System::nanoTime);
    }

    private String next() throws InterruptedException {
        return String.valueOf(sent.poll(SOON.toSeconds(), TimeUnit.SECONDS));
    }

    @Test
    void whoever_rings_waits_for_no_mail_and_each_kind_has_an_alarm_of_its_own() throws InterruptedException {
        AsideAlarm alarm = alarm(this::slow, LONG);
        alarm.ring("a", A, "1");
        alarm.ring("b", A, "2");
        assertThat(sent).isEmpty();
        mailServer.countDown();
        assertThat(List.of(next(), next())).containsExactlyInAnyOrder("a: 1", "b: 2");
    }

    @Test
    void what_is_rung_too_soon_is_kept_of_each_server_until_it_is_due() throws InterruptedException {
        AsideAlarm alarm = alarm(this::slow, SHORT);
        alarm.ring("a", A, "1");
        assertThat(asked.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        alarm.ring("a", A, "2");
        alarm.ring("a", A, "3");
        alarm.ring("a", B, "4");
        long opened = System.nanoTime();
        mailServer.countDown();
        assertThat(List.of(next(), next())).containsExactly("a: 1", "a: 3 4");
        assertThat(Duration.ofNanos(System.nanoTime() - opened)).isGreaterThanOrEqualTo(SHORT.told());
    }

    @Test
    void what_is_over_is_not_told_once_more() throws InterruptedException {
        mailServer.countDown();
        AsideAlarm alarm = alarm(this::slow, LONG);
        alarm.ring("a", A, "1");
        assertThat(next()).isEqualTo("a: 1");
        alarm.ring("a", A, "2");
        alarm.ring("a", B, "3");
        alarm.over("a", A);
        alarm.over("a", B);
        alarm.finish(in(SOON));
        assertThat(sent).containsExactly("a: 3");
    }

    @Test
    void what_did_not_get_out_is_tried_again() throws InterruptedException {
        failures.add(sentence -> true);
        failures.add(sentence -> {
            throw new GaveWay("no mail server");
        });
        failures.add(sentence -> {
            throw new IllegalStateException("no such column");
        });
        AsideAlarm alarm = alarm(
                (event, sentences) -> {
                    boolean fails = !failures.isEmpty() && failures.remove().test(event);
                    return !fails && sent.add(event + ": " + String.join(" ", sentences));
                },
                SHORT);
        alarm.ring("a", A, "1");
        assertThat(next()).isEqualTo("a: 1");
        assertThat(told.toString(StandardCharsets.UTF_8))
                .contains("The alarm \"a\" was not sent: no mail server")
                .contains("no such column");
    }

    @Test
    void at_the_end_what_is_kept_is_told_at_once() throws InterruptedException {
        mailServer.countDown();
        AsideAlarm alarm = alarm(this::slow, LONG);
        alarm.ring("a", A, "1");
        assertThat(next()).isEqualTo("a: 1");
        alarm.ring("a", A, "2");
        alarm.finish(in(SOON));
        assertThat(sent).containsExactly("a: 2");
    }

    @Test
    void at_the_end_what_fails_is_not_tried_for_ever() throws InterruptedException {
        AsideAlarm alarm = alarm((event, sentences) -> !sent.add(event), LONG);
        alarm.ring("a", A, "1");
        assertThat(next()).isEqualTo("a");
        alarm.finish(in(SOON));
        assertThat(sent).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void the_end_waits_no_longer_than_it_may() throws InterruptedException {
        AsideAlarm alarm = alarm(this::slow, LONG);
        alarm.ring("a", A, "1");
        alarm.finish(in(Duration.ZERO));
        assertThat(sent).isEmpty();
        mailServer.countDown();
    }
}
