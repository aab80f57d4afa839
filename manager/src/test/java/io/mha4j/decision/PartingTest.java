package io.mha4j.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.binlog.BinlogPosition;
import io.mha4j.decision.World.Replica;
import io.mha4j.decision.rejoin.Parting;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a failover of the simulated cluster leaves for the return of its old source. */
final class PartingTest {
    private static FakeCluster ended(World world) {
        FakeCluster cluster = FakeCluster.of(world);
        cluster.runFailover();
        return cluster;
    }

    private static World world(World.Log log) {
        return new World(false, 9, List.of(Replica.at(6), Replica.at(7)), FailoverWishes.DEFAULT, log);
    }

    @Test
    void what_was_rescued_is_common_history() {
        FakeCluster cluster = ended(world(World.Log.WHOLE));
        assertThat(Parting.of(cluster.facts()))
                .contains(new Parting(
                        World.id(2),
                        false,
                        Optional.of(World.sourcePosition(9)),
                        Optional.of(new BinlogPosition("own.000001", 4 + 90))));
    }

    @Test
    void what_could_not_be_rescued_is_not() {
        FakeCluster cluster = ended(world(new World.Log(false, 0, 0)));
        assertThat(Parting.of(cluster.facts()).orElseThrow().heldUpTo()).contains(World.sourcePosition(7));
    }

    @Test
    void a_failover_that_opened_nobody_parts_nothing() {
        assertThat(Parting.of(world(World.Log.WHOLE).facts())).isEmpty();
    }
}
