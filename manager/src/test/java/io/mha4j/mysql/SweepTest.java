package io.mha4j.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.base.ServerId;
import io.mha4j.config.ServerSettings;
import io.mha4j.scenario.Scenario;
import io.mha4j.topology.ManagedTree;
import io.mha4j.topology.Prior;
import io.mha4j.topology.ServerState;
import io.mha4j.topology.Snapshot;
import io.mha4j.topology.TreeRules;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class SweepTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Scenario scenario =
            Scenario.of("servers", "  a  source", "  b  replica", "  c  replica", "  d  replica");
    private final Map<String, AtomicInteger> failures = new ConcurrentHashMap<>();
    private final Sweep sweep = new Sweep(this::look, System::nanoTime, () -> Instant.EPOCH);

    private ServerState look(ServerSettings server, Duration limit) {
        AtomicInteger left = failures.getOrDefault(server.id().section(), new AtomicInteger());
        if (left.getAndDecrement() > 0) {
            Sql sql = Sql.of("SHOW SLAVE STATUS");
            SQLException denied = new SQLException("Access denied", "42000", 1227);
            throw MysqlException.of(server.id(), sql.shown(), DriverError.ofStatement(denied, sql, "mha"), denied);
        }
        return scenario.snapshot().servers().get(server.id());
    }

    private void fails(String server, int times) {
        failures.put(server, new AtomicInteger(times));
    }

    private List<ServerSettings> servers() {
        return scenario.application().servers();
    }

    @Test
    void every_failure_is_told_when_a_server_answers_a_question_with_an_error() {
        fails("b", 1);
        fails("d", 1);
        assertThatThrownBy(() -> sweep.sweep(servers(), Set.of(), LIMIT))
                .isInstanceOf(MysqlException.class)
                .hasMessageStartingWith("b(10.0.0.2:3306): SHOW SLAVE STATUS: Access denied")
                .satisfies(e -> assertThat(e.getSuppressed())
                        .singleElement()
                        .isInstanceOfSatisfying(MysqlException.class, other -> assertThat(other.server())
                                .isEqualTo(scenario.id("d"))));
    }

    @Test
    void a_patient_sweep_asks_a_server_again_that_answered_with_an_error() {
        fails("b", 1);
        assertThat(sweep.sweepPatiently(servers(), Set.of(), LIMIT).servers())
                .isEqualTo(scenario.snapshot().servers());
    }

    @Test
    void a_server_that_answers_with_an_error_twice_does_not_hide_the_others() {
        fails("b", 2);
        ServerId dead = scenario.id("a");
        Snapshot seen = sweep.sweepPatiently(servers(), Set.of(dead), LIMIT);
        assertThat(seen.servers().get(scenario.id("b"))).isInstanceOfSatisfying(ServerState.Refusing.class, no -> {
            assertThat(no.errorCode()).isEqualTo(1227);
            assertThat(no.message()).startsWith("SHOW SLAVE STATUS: Access denied; grant it to the account 'mha'");
        });
        ManagedTree tree =
                (ManagedTree) TreeRules.read(scenario.application(), seen, Prior.NOTHING.withDeadSource(dead));
        assertThat(tree.replicas()).hasSize(2);
        assertThat(tree.missing()).singleElement().satisfies(missing -> assertThat(missing.id())
                .isEqualTo(scenario.id("b")));
    }
}
