package io.mha4j.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.decision.World.Replica;
import io.mha4j.decision.rehearsal.Pace;
import io.mha4j.decision.rehearsal.Rehearsal;
import io.mha4j.decision.rehearsal.StepEstimate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How long a failover would take, from how fast servers and hosts answer. */
final class StepEstimateTest {
    private static final ServerId OLD = World.id(0);
    private static final ServerId SLOW = World.id(1);
    private static final ServerId QUICK = World.id(2);
    private static final BinlogPosition FROM = World.sourcePosition(6);
    private static final Pace PACE = new Pace(
            Map.of(SLOW, Duration.ofMillis(40), QUICK, Duration.ofMillis(20)),
            Map.of(SLOW, Duration.ofMillis(10), QUICK, Duration.ofMillis(1)),
            Optional.of(Duration.ofMillis(100)));

    private final FailoverFacts facts = FakeCluster.of(new World(
                    false,
                    9,
                    List.of(Replica.at(6), Replica.at(7)),
                    FailoverWishes.DEFAULT,
                    new World.Log(true, 0, 0, false)))
            .facts();

    private StepEstimate estimate(Duration reading) {
        return new StepEstimate(facts, PACE, () -> reading);
    }

    private String of(Step step) {
        return estimate(Duration.ofMillis(500)).of(step).sentence();
    }

    @Test
    void a_step_takes_what_it_asks_and_ten_milliseconds_of_our_own() {
        assertThat(of(new Step.StopReceiver(SLOW))).isEqualTo("about 90 ms");
        assertThat(of(new Step.StopReceiver(QUICK))).isEqualTo("about 34 ms");
        assertThat(of(new Step.Fence(OLD))).isEqualTo("about 210 ms");
    }

    @Test
    void saving_takes_what_reading_took() {
        assertThat(of(new Step.SaveTail(OLD, FROM))).isEqualTo("about 810 ms");
    }

    @Test
    void what_cannot_be_told_is_said() {
        assertThat(of(new Step.Level(QUICK, "archive", FROM))).isEqualTo("about 18 ms, and what executing it takes");
    }

    @Test
    void steps_at_once_take_as_long_as_the_slowest() {
        Next both =
                new Next.Run(Phase.CUT_OFF, List.of(new Step.StopReceiver(SLOW), new Step.StopReceiver(QUICK)), true);
        Next open = new Next.Run(Phase.CUT_OFF, List.of(new Step.MakeWritable(QUICK)), false);
        Next later = new Next.Run(Phase.CUT_OFF, List.of(new Step.AwaitFence(OLD)), false);
        assertThat(estimate(Duration.ZERO)
                        .untilOpen(List.of(both, open, later))
                        .orElseThrow()
                        .sentence())
                .isEqualTo("about 104 ms");
        assertThat(estimate(Duration.ZERO).untilOpen(List.of(both))).isEmpty();
    }

    @Test
    void a_whole_plan_is_open_later_when_there_is_more_to_read() {
        List<Next> plan = Rehearsal.plan(facts, save -> World.sourcePosition(9));
        Duration little = estimate(Duration.ZERO).untilOpen(plan).orElseThrow().known();
        Duration much =
                estimate(Duration.ofSeconds(7)).untilOpen(plan).orElseThrow().known();
        assertThat(much.minus(little)).isEqualTo(Duration.ofSeconds(7));
    }
}
