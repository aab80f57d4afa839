package io.mha4j.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.Deadline;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SystemNamesTest {
    private static Deadline in(Duration budget) {
        return Deadline.in(budget, System::nanoTime);
    }

    @Test
    void names_of_the_hosts_file_and_addresses_are_found() {
        assertThat(new SystemNames().addressesOf(Set.of("localhost", "10.1.2.3"), in(Duration.ofSeconds(20))))
                .containsEntry("localhost", "127.0.0.1")
                .containsEntry("10.1.2.3", "10.1.2.3");
    }

    @Test
    void what_is_not_answered_by_the_deadline_is_missing() {
        assertThat(new SystemNames().addressesOf(Set.of("no-such-host.invalid"), in(Duration.ZERO)))
                .isEmpty();
    }
}
