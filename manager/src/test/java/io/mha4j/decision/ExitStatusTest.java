package io.mha4j.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.ServerId;
import io.mha4j.decision.StepResult.Fence;
import io.mha4j.decision.StepResult.Fenced;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a failover that is done ends with. */
final class ExitStatusTest {
    private static final LossVerdict PROVEN = new LossVerdict.None("all was read");

    private static FailoverSummary summary(LossVerdict verdict, Map<Integer, String> left) {
        TreeMap<ServerId, String> behind = new TreeMap<>();
        left.forEach((n, why) -> behind.put(World.id(n), why));
        return new FailoverSummary(
                World.id(1),
                Optional.empty(),
                new TreeSet<>(),
                behind,
                true,
                Optional.empty(),
                List.of(),
                verdict,
                new Fenced(Fence.PROVEN, false, false, "its process is gone"));
    }

    @Test
    void losses_show_in_it_only_where_that_was_asked_for() {
        for (LossVerdict verdict : List.of(new LossVerdict.Unknown("SSH is dead"), new LossVerdict.Lost(3, "a:5-7"))) {
            FailoverSummary complete = summary(verdict, Map.of());
            assertThat(complete.exitStatus(false)).isZero();
            assertThat(complete.exitStatus(true)).isEqualTo(10);
            assertThat(complete.complete()).isTrue();
        }
    }

    @Test
    void where_nothing_acknowledged_is_lost_it_is_zero() {
        for (LossVerdict verdict : List.of(PROVEN, new LossVerdict.NoneAcknowledged("semi-sync"))) {
            assertThat(summary(verdict, Map.of()).exitStatus(true)).isZero();
        }
    }

    @Test
    void a_replica_that_does_not_follow_shows_either_way() {
        FailoverSummary partial = summary(PROVEN, Map.of(2, "it has no space left"));
        assertThat(partial.exitStatus(false)).isEqualTo(10);
        assertThat(partial.exitStatus(true)).isEqualTo(10);
    }
}
