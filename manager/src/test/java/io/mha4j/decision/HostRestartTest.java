package io.mha4j.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.decision.StepResult.Restart;
import io.mha4j.decision.World.Replica;
import io.mha4j.scenario.Scenario;
import io.mha4j.topology.ServerFacts;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is proven about a source whose host died with it: only what that had on its disk. */
final class HostRestartTest {
    private static final Step SAVE = new Step.SaveTail(World.id(0), World.sourcePosition(6));

    private static Optional<ServerFacts> seen(int syncBinlog) {
        Scenario scenario = Scenario.of("servers", "  a  source  sync_binlog=" + syncBinlog, "  b  replica");
        return Optional.of(scenario.truthOf("a"));
    }

    private static LossVerdict verdict(Optional<ServerFacts> lastSource, Restart restart) {
        StepResult saved = World.lastThree("tail from 6", restart);
        FakeCluster cluster = FakeCluster.of(new World(
                        false,
                        9,
                        List.of(Replica.at(6), Replica.at(6)),
                        FailoverWishes.DEFAULT,
                        new World.Log(true, 0, 0, false)))
                .answering(SAVE, saved);
        assertThat(cluster.runFailover()).isInstanceOf(Next.Finished.class);
        FailoverFacts f = cluster.facts();
        return new FailoverPlanner()
                .verdict(new FailoverFacts(
                        f.app(), f.tree(), lastSource, Optional.empty(), f.sshReachable(), f.wishes(), f.progress()));
    }

    @Test
    void what_each_commit_had_synced_outlives_its_host() {
        for (Restart restart : Restart.values()) {
            assertThat(verdict(seen(1), restart)).isInstanceOf(LossVerdict.None.class);
        }
    }

    @Test
    void a_process_that_died_alone_leaves_everything_it_wrote() {
        assertThat(verdict(seen(0), Restart.NO)).isInstanceOf(LossVerdict.None.class);
        assertThat(verdict(Optional.empty(), Restart.NO)).isInstanceOf(LossVerdict.None.class);
    }

    @Test
    void what_only_the_memory_of_its_host_held_is_gone_with_that() {
        assertThat(verdict(seen(0), Restart.YES).sentence())
                .startsWith("unknown: ")
                .contains("its host was started anew after bin.000001 was begun, and sync_binlog was 0");
        assertThat(verdict(seen(100), Restart.YES).sentence()).contains("and sync_binlog was 100");
        assertThat(verdict(Optional.empty(), Restart.YES).sentence())
                .startsWith("unknown: ")
                .contains("and sync_binlog is not known");
    }

    @Test
    void where_nobody_could_see_it_nothing_is_proven() {
        assertThat(verdict(seen(0), Restart.UNKNOWN).sentence())
                .startsWith("unknown: ")
                .contains("it could not be seen whether its host was started anew after bin.000001 was begun");
    }
}
