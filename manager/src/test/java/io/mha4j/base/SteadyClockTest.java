package io.mha4j.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
    @Test
    void it_goes_on_as_time_passes_whatever_the_hosts_clock_is_set_to() {
        Instant noon = Instant.parse("2026-01-02T12:00:00Z");
        AtomicReference<Instant> wall = new AtomicReference<>(noon);
        AtomicLong nanos = new AtomicLong(-7);
        SteadyClock clock = new SteadyClock(wall::get, nanos::get);
        assertThat(clock.instant()).isEqualTo(noon);

        wall.set(noon.minus(Duration.ofDays(1)));
        nanos.addAndGet(Duration.ofSeconds(3).toNanos());
        assertThat(clock.instant()).isEqualTo(noon.plusSeconds(3));
    }

    @Test
    void one_that_is_not_behind_counts_the_time_that_the_host_slept() {
        Instant noon = Instant.parse("2026-01-02T12:00:00Z");
        AtomicReference<Instant> wall = new AtomicReference<>(noon);
        AtomicLong nanos = new AtomicLong();
        InstantSource clock = new SteadyClock(wall::get, nanos::get).notBehind(wall::get);
        wall.set(noon.plusSeconds(60));
        assertThat(clock.instant()).isEqualTo(noon.plusSeconds(60));

        wall.set(noon.minusSeconds(60));
        nanos.addAndGet(Duration.ofSeconds(3).toNanos());
        assertThat(clock.instant()).isEqualTo(noon.plusSeconds(3));
    }
}
