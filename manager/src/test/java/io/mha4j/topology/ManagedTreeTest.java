package io.mha4j.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mha4j.scenario.Scenario;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ManagedTreeTest {
    private final Scenario scenario = Scenario.of(
            "servers  multi_tier_slave=1",
            "  a  source   host=db1 ip=10.0.0.1",
            "  b  replica  sql=error:1062",
            "  c  replica  of=10.0.0.1:3306",
            "  d  replica  of=c",
            "  e  replica  version=9.7.4",
            "  f  replica  unreachable");
    private final ManagedTree tree = TreeRules.read(scenario.application(), scenario.snapshot(), Prior.NOTHING)
            .match(t -> t, reasons -> {
                throw new AssertionError(reasons);
            });

    @Test
    void all_replicas_are_in_the_order_of_processing_failed_or_not() {
        assertThat(tree.allReplicas()).extracting(r -> r.id().section()).containsExactly("b", "c", "e");
        assertThat(tree.replica(scenario.id("b"))).isPresent();
        assertThat(tree.replica(scenario.id("d"))).isEmpty();
        assertThat(tree.replica(scenario.id("a"))).isEmpty();
    }

    @Test
    void only_a_server_that_is_followed_has_a_tier_below() {
        assertThat(tree.hasLowerTierBelow(scenario.id("c"))).isTrue();
        assertThat(tree.hasLowerTierBelow(scenario.id("b"))).isFalse();
    }

    @Test
    void a_later_series_than_another_replica_is_newer() {
        assertThat(tree.allReplicas().stream().filter(tree::newerThanAnother))
                .extracting(r -> r.id().section())
                .containsExactly("e");
    }

    @Test
    void a_replica_is_told_of_a_new_source_as_it_was_told_of_the_old() {
        Replica byAddress = tree.replica(scenario.id("c")).orElseThrow();
        Replica byName = tree.replica(scenario.id("b")).orElseThrow();
        assertThat(byAddress.nameFor(scenario.id("a"))).isEqualTo("10.0.0.1");
        assertThat(byName.nameFor(scenario.id("a"))).isEqualTo("db1");
    }

    @Test
    void a_refusal_without_a_reason_is_a_mistake() {
        assertThatIllegalArgumentException().isThrownBy(() -> new TreeReading.Refused(List.of()));
    }
}
