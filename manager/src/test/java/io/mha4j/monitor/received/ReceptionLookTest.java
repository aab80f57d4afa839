package io.mha4j.monitor.received;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.binlog.BinlogPosition;
import io.mha4j.scenario.Scenario;
import io.mha4j.topology.ManagedTree;
import io.mha4j.topology.Prior;
import io.mha4j.topology.ResolvedNames;
import io.mha4j.topology.TreeRules;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** {@code a} is the source, and {@code b} is asked. */
final class ReceptionLookTest {
    private static final String SHOWN = " source_id=1 source_uuid=00000001-0000-0000-0000-000000000000";

    private static Optional<BinlogPosition> ofB(String... servers) {
        return ofB(Prior.NOTHING, servers);
    }

    private static Optional<BinlogPosition> ofB(Prior prior, String... servers) {
        String[] lines = new String[servers.length + 1];
        lines[0] = "servers";
        System.arraycopy(servers, 0, lines, 1, servers.length);
        Scenario scenario = Scenario.of(lines);
        ManagedTree tree = (ManagedTree) TreeRules.read(scenario.application(), scenario.snapshot(), prior);
        return new ReceptionLook(tree, scenario.application().servers(), System::nanoTime)
                .received(scenario.id("b"), scenario.truthOf("b").replication());
    }

    @Test
    void a_replica_that_follows_by_the_configured_name_tells_how_far_it_is() {
        assertThat(ofB("  a  source", "  b  replica read=bin.000007:900"))
                .contains(new BinlogPosition("bin.000007", 900));
    }

    @Test
    void a_replica_that_follows_by_another_address_of_the_source_tells_it_too() {
        assertThat(ofB("  a  source", "  b  replica of=10.9.9.9:3306 read=bin.000007:900" + SHOWN))
                .contains(new BinlogPosition("bin.000007", 900));
        assertThat(ofB(
                        "  a  source version=10.11.6-MariaDB",
                        "  b  replica of=10.9.9.9:3306 version=10.11.6-MariaDB read=bin.000007:900 source_id=1"))
                .contains(new BinlogPosition("bin.000007", 900));
    }

    @Test
    void a_replica_that_follows_a_source_which_was_dead_at_the_start_by_another_name_tells_it_too() {
        ResolvedNames names = new ResolvedNames(Map.of("db1", "10.0.0.1", "10.0.0.1", "10.0.0.1"));
        assertThat(ofB(
                        Prior.NOTHING.withNames(names),
                        "  a  source unreachable host=10.0.0.1",
                        "  c  replica of=10.0.0.1:3306",
                        "  b  replica of=db1:3306 read=bin.000007:900" + SHOWN))
                .contains(new BinlogPosition("bin.000007", 900));
    }

    @Test
    void what_is_received_from_another_server_tells_nothing() {
        assertThat(ofB("  a  source", "  c  replica", "  b  replica of=c multi_tier_slave=1 read=bin.000007:900"))
                .isEmpty();
    }

    @Test
    void a_feed_that_serves_the_events_of_the_source_is_not_the_source() {
        assertThat(ofB(
                        "  a  source",
                        "  c  replica",
                        "  b  replica of=127.0.0.1:4000 source_user=mha4j_feed_x read=bin.000007:900" + SHOWN))
                .isEmpty();
    }
}
