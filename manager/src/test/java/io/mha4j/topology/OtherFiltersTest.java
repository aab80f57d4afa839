package io.mha4j.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.config.ServerSettings;
import io.mha4j.decision.FailoverWishes;
import io.mha4j.decision.World;
import io.mha4j.topology.ReplicaStatus.Filters;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whether a server may become a replica with the filters that it has. */
final class OtherFiltersTest {
    private static final Optional<Filters> SCRATCH =
            Optional.of(new Filters(List.of(), List.of("scratch"), List.of(), List.of(), List.of(), List.of()));
    private static final Optional<Filters> NONE = Optional.of(Filters.NONE);

    private final ServerSettings server = new World(
                    true,
                    9,
                    List.of(new World.Replica(9, 9, false, false, false, World.Health.FINE, 0, World.Stray.NONE)),
                    FailoverWishes.DEFAULT,
                    new World.Log(true, 0, 0, false),
                    new World.Setting(false, ServerSettings.FenceWay.SSH, false, false, false))
            .facts()
            .app()
            .servers()
            .get(0);

    private Optional<String> difference(Optional<Filters> own, Optional<Filters> others) {
        return HealthRules.otherFilters(server, own, "db2", others);
    }

    @Test
    void one_that_leaves_out_other_data_may_not_and_both_are_named() {
        assertThat(difference(SCRATCH, NONE))
                .contains("other replication filters (replicate-ignore-db=scratch) than db2 (no filter)");
        assertThat(difference(NONE, SCRATCH))
                .contains("other replication filters (no filter) than db2 (replicate-ignore-db=scratch)");
        assertThat(difference(SCRATCH, SCRATCH)).isEmpty();
    }

    @Test
    void what_nobody_tells_is_not_taken_for_no_filter() {
        assertThat(difference(SCRATCH, Optional.empty())).isEmpty();
        assertThat(difference(Optional.empty(), SCRATCH)).isEmpty();
    }
}
