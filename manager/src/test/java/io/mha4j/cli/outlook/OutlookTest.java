package io.mha4j.cli.outlook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class OutlookTest {
    @Test
    void what_keeps_clients_away_forbids_no_failover() {
        Outlook outlook = new Outlook(
                Optional.of("db1"),
                List.of(),
                Optional.of(List.of("vip is nowhere.")),
                Optional.of("db2"),
                "first by section order",
                Duration.ofSeconds(15),
                List.of(),
                "nothing");
        assertThat(outlook.possible()).isTrue();
        assertThat(outlook.lines())
                .containsExactly(
                        "If the master db1 died now:",
                        "  it would be noticed within 15 s",
                        "  new master: db2: first by section order",
                        "  lost: nothing",
                        "  WARNING: vip is nowhere.");
    }
}
