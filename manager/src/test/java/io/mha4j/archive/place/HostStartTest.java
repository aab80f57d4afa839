package io.mha4j.archive.place;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.Deadline;
import io.mha4j.remote.LocalHost;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** When a host was started, by two clocks of which either may be wrong. */
final class HostStartTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_000_000);

    @Test
    void the_later_of_both_clocks_counts() {
        assertThat(HostStart.latest("40.25 71.00\n999960\n", NOW)).contains(Instant.ofEpochSecond(999_960));
        assertThat(HostStart.latest("40.25 71.00\n960\n", NOW)).contains(Instant.ofEpochSecond(999_960));
        assertThat(HostStart.latest("40.25 71.00\n999970\n", NOW)).contains(Instant.ofEpochSecond(999_970));
    }

    @Test
    void what_says_nothing_tells_nothing() {
        for (String output : new String[] {"", "40.25 71.00\n", "40.25 71.00\nbtime\n", "\n999960\n", "no\nno\n"}) {
            assertThat(HostStart.latest(output, NOW)).as(output).isEmpty();
        }
    }

    @Test
    void this_host_was_started_before_this_very_process() {
        Instant process = ProcessHandle.current().info().startInstant().orElseThrow();
        Deadline deadline = Deadline.in(Duration.ofMinutes(1), System::nanoTime);
        assertThat(HostStart.latest(new LocalHost(), InstantSource.system(), deadline))
                .hasValueSatisfying(started -> assertThat(started).isBeforeOrEqualTo(process));
    }
}
