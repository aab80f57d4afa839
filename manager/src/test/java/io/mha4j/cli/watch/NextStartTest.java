package io.mha4j.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.base.InterruptedWork;
import io.mha4j.report.EventLog;
import io.mha4j.report.Level;
import io.mha4j.report.ReportException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

final class NextStartTest {
    private static final Duration INTERVAL = Duration.ofSeconds(3);

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private long now;
    private int tries;

    private final NextStart start = new NextStart(
            EventLog.toStream(
                    new PrintStream(told, true, StandardCharsets.UTF_8),
                    Level.INFO,
                    InstantSource.system(),
                    ZoneOffset.UTC),
            () -> now,
            wait -> now += wait.toNanos());

    private String tryOf(int succeeds) {
        tries++;
        if (tries < succeeds) {
            throw new ReportException("b is alive but refuses us: Too many connections");
        }
        return "begun";
    }

    @Test
    void a_master_that_lets_nobody_in_for_a_while_is_waited_for_and_told_once() {
        assertThat(start.of(() -> tryOf(5), true, INTERVAL)).isEqualTo("begun");
        assertThat(Duration.ofNanos(now)).isEqualTo(INTERVAL.multipliedBy(4));
        assertThat(told.toString(StandardCharsets.UTF_8)).containsOnlyOnce("Too many connections");
    }

    @Test
    void what_lasts_for_a_minute_is_the_answer() {
        assertThatThrownBy(() -> start.of(() -> tryOf(1000), true, INTERVAL))
                .isInstanceOf(NextStart.NotBegun.class)
                .hasMessageContaining("Too many connections");
        assertThat(Duration.ofNanos(now)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void what_is_known_to_last_is_not_waited_for() {
        assertThatThrownBy(() -> start.of(() -> tryOf(2), false, INTERVAL)).isInstanceOf(NextStart.NotBegun.class);
        assertThat(now).isZero();
        assertThat(told.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void who_is_told_to_end_does_not_say_that_the_tree_is_bad() {
        assertThatThrownBy(() -> start.of(
                        () -> {
                            throw InterruptedWork.during("a look", new InterruptedException());
                        },
                        true,
                        INTERVAL))
                .isInstanceOf(InterruptedWork.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
