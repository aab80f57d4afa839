package io.mha4j.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.Deadline;
import io.mha4j.report.EventLog;
import io.mha4j.report.Level;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class AsideAlarmTest {
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private final EventLog log = EventLog.toStream(
            new PrintStream(told, true, StandardCharsets.UTF_8), Level.INFO, InstantSource.system(), ZoneOffset.UTC);
    private final List<String> sent = new CopyOnWriteArrayList<>();
    private final CountDownLatch mailServer = new CountDownLatch(1);
    private final AsideAlarm alarm = new AsideAlarm(this::slow, log);

    private void slow(String event, String sentence) {
        try {
            mailServer.await();
            sent.add(event + ": " + sentence);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Deadline in(Duration time) {
        return Deadline.in(time, System::nanoTime);
    }

    @Test
    void whoever_rings_waits_for_no_mail_and_of_each_kind_one_is_under_way() throws InterruptedException {
        alarm.ring("a", "1");
        alarm.ring("b", "2");
        alarm.ring("a", "3");
        assertThat(sent).isEmpty();
        mailServer.countDown();
        alarm.finish(in(Duration.ofSeconds(30)));
        assertThat(sent).containsExactlyInAnyOrder("a: 1", "b: 2");
        alarm.ring("a", "4");
        alarm.finish(in(Duration.ofSeconds(30)));
        assertThat(sent).hasSize(3).endsWith("a: 4");
    }

    @Test
    void the_end_waits_no_longer_than_it_may() throws InterruptedException {
        alarm.ring("a", "1");
        alarm.finish(in(Duration.ZERO));
        assertThat(sent).isEmpty();
        mailServer.countDown();
    }

    @Test
    void one_that_fails_is_told() throws InterruptedException {
        AsideAlarm broken = new AsideAlarm(
                (event, sentence) -> {
                    throw new GaveWay("no mail server");
                },
                log);
        broken.ring("a", "1");
        broken.finish(in(Duration.ofSeconds(30)));
        assertThat(told.toString(StandardCharsets.UTF_8)).contains("The alarm \"a\" was not sent: no mail server");
    }
}
