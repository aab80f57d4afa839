package io.mha4j.decision.online;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.ServerId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long writes would be stopped. */
final class BlockEstimateTest {
    private final ServerId old = new ServerId(0, "server1", "a", "10.0.0.1", 3306);
    private final ServerId next = new ServerId(1, "server2", "b", "10.0.0.2", 3306);

    private Duration estimate(OnlineStep... blocking) {
        OnlinePlan plan = new OnlinePlan(
                next,
                List.of(),
                List.of(blocking),
                List.of(),
                List.of(),
                new OnlinePlan.SemiSyncPart(false, 1, List.of()));
        return BlockEstimate.of(plan, s -> Duration.ofMillis(s.equals(old) ? 10 : 1), Duration.ofMillis(100));
    }

    @Test
    void each_question_costs_a_way_to_its_server_and_back() {
        assertThat(estimate(new OnlineStep.LockTables(old), new OnlineStep.ReadCoordinates(next)))
                .isEqualTo(Duration.ofMillis(2 * 10 + 3));
    }

    @Test
    void a_script_costs_a_login_and_a_place_without_lock_its_standstill() {
        assertThat(estimate(new OnlineStep.WithdrawAddress(old, next))).isEqualTo(Duration.ofMillis(100));
        assertThat(estimate(new OnlineStep.ReadSwitchPoint(old, false))).isEqualTo(Duration.ofMillis(30 + 200));
        assertThat(estimate(new OnlineStep.ReadSwitchPoint(old, true))).isEqualTo(Duration.ofMillis(30));
    }
}
