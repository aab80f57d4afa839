package io.mha4j.decision.rejoin;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.scenario.Scenario;
import io.mha4j.topology.ServerFacts;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What was seen of a master before it died counts, not what it says after its start. */
final class DurabilityTest {
    private static Optional<ServerFacts> seen(int syncBinlog) {
        Scenario scenario = Scenario.of("servers", "  a  source  sync_binlog=" + syncBinlog, "  b  replica");
        return scenario.snapshot().facts(scenario.id("a"));
    }

    @Test
    void equal_logs_prove_equal_data_where_each_commit_was_on_its_disk() {
        assertThat(Durability.doubt(seen(1))).isEmpty();
        assertThat(Durability.doubt(seen(0))).contains("sync_binlog was 0 when it was last seen before it died");
        assertThat(Durability.doubt(seen(100))).contains("sync_binlog was 100 when it was last seen before it died");
    }

    @Test
    void what_nobody_saw_proves_nothing() {
        assertThat(Durability.doubt(Optional.empty())).contains("nobody saw which sync_binlog it had before it died");
    }
}
