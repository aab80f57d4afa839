package io.mha4j.monitor.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.Deadline;
import io.mha4j.base.Ticks;
import io.mha4j.remote.LocalHost;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Asked from this host, whose shell stands for that of a replica's. */
final class FeedLookTest {
    private static final Ticks TICKS = System::nanoTime;

    private static Optional<String> problem(String address) {
        return new FeedLook(Optional.of(address), TICKS)
                .problem(new LocalHost(), Deadline.in(Duration.ofSeconds(20), TICKS));
    }

    @Test
    void an_address_where_the_manager_can_be_met_is_no_problem() {
        assertThat(problem("127.0.0.1")).isEmpty();
    }

    @Test
    void an_address_of_another_host_is_told() {
        assertThat(problem("192.0.2.1").orElse("")).startsWith("the manager's host cannot listen on 192.0.2.1: ");
    }
}
