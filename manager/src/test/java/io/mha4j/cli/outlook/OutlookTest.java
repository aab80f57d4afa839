package io.mha4j.cli.outlook;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.decision.rehearsal.Estimate;
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
                new Outage(Duration.ofSeconds(15), Optional.empty(), Optional.empty()),
                List.of(),
                "nothing",
                new Unreceived(Optional.of(2L), Optional.of(300L)));
        assertThat(outlook.possible()).isTrue();
        assertThat(outlook.lines())
                .containsExactly(
                        "If the master db1 died now:",
                        "  it would be noticed within 15 s",
                        "  new master: db2: first by section order",
                        "  lost: nothing",
                        "  on no slave at this moment, so lost if its host died too: 2 transactions, 300 bytes of binary log",
                        "  WARNING: vip is nowhere.");
    }

    @Test
    void how_long_nobody_can_write_is_told_with_what_cannot_be_counted() {
        Outage outage = new Outage(
                Duration.ofSeconds(5),
                Optional.of(Duration.ofSeconds(1)),
                Optional.of(Estimate.of(Duration.ofMillis(240)).and("what the script takes")));
        assertThat(outage.lines())
                .containsExactly(
                        "it would be noticed within 5 s, or 1 s if its process is seen to have died and nobody restarts it",
                        "the failover would take about 240 ms, and what the script takes; so no writes for up to 5.3 s, or 1.3 s");
    }
}
