package io.mha4j.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.ServerId;
import io.mha4j.binlog.GtidSet;
import io.mha4j.decision.Next;
import io.mha4j.decision.Outcome;
import io.mha4j.decision.Phase;
import io.mha4j.decision.Step;
import io.mha4j.decision.StepResult;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class StepRunnerTest {
    private static final ServerId DB1 = server(0, "192.0.2.1");
    private static final ServerId DB2 = server(1, "192.0.2.2");
    private static final ServerId DB3 = server(2, "192.0.2.3");

    private final Step step = new Step.StopReceiver(DB1);
    private final List<Outcome> recorded = new ArrayList<>();
    private final StepRecord record = new StepRecord() {
        @Override
        public void started(Step begun) {}

        @Override
        public void ended(Outcome outcome) {
            recorded.add(outcome);
        }
    };

    @Test
    void a_defect_fails_its_step_and_is_recorded() {
        List<Outcome> outcomes = new StepRunner(() -> {}, record, broken(), () -> Instant.EPOCH)
                .run(new Next.Run(Phase.CUT_OFF, List.of(step), false), told -> {});
        assertThat(outcomes)
                .isEqualTo(recorded)
                .singleElement()
                .isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
                    assertThat(failed.step()).isEqualTo(step);
                    assertThat(failed.why())
                            .startsWith("a defect of mha4j, please report it: java.lang.NumberFormatException");
                });
    }

    @Test
    void a_replica_is_waited_for_behind_its_own_move_only_and_each_end_is_told_when_it_comes() {
        CountDownLatch seen = new CountDownLatch(2);
        Next.Run group = new Next.Run(
                Phase.REPOINT, List.of(move(DB2), move(DB3), new Step.AwaitFence(DB1), wait(DB2), wait(DB3)), true);

        // The move of db3 and the look at the old master end only when db2 was told to be moved and waited for.
        List<Outcome> outcomes = new StepRunner(
                        () -> {},
                        new Unrecorded(),
                        doing(s -> {
                            if (s.equals(move(DB3)) || s.equals(new Step.AwaitFence(DB1))) {
                                await(seen);
                            }
                        }),
                        () -> Instant.EPOCH)
                .run(group, told -> {
                    if (told.step().server().equals(DB2)) {
                        seen.countDown();
                    }
                });

        assertThat(outcomes)
                .allMatch(Outcome.Finished.class::isInstance)
                .extracting(Outcome::step)
                .containsExactly(move(DB2), wait(DB2), move(DB3), wait(DB3), new Step.AwaitFence(DB1));
    }

    @Test
    void one_whose_move_failed_is_not_waited_for() {
        Next.Run group = new Next.Run(Phase.REPOINT, List.of(move(DB2), wait(DB2)), true);

        assertThat(new StepRunner(() -> {}, new Unrecorded(), broken(), () -> Instant.EPOCH).run(group, told -> {}))
                .extracting(Outcome::step)
                .containsExactly(move(DB2));
    }

    private static Step move(ServerId server) {
        return new Step.Repoint(server, DB1, "db1", new Step.Start.ByGtid(), Optional.empty());
    }

    private static Step wait(ServerId server) {
        return new Step.AwaitSync(server, GtidSet.EMPTY);
    }

    private static ServerId server(int order, String ip) {
        return new ServerId(order, "server" + (order + 1), "db" + (order + 1), ip, 3306);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Several threads may write to it. */
    private static final class Unrecorded implements StepRecord {
        @Override
        public void started(Step begun) {}

        @Override
        public void ended(Outcome outcome) {}
    }

    @SuppressWarnings("unchecked")
    private static Step.Cases<StepResult> doing(Consumer<Step> work) {
        return (Step.Cases<StepResult>) Proxy.newProxyInstance(
                StepRunnerTest.class.getClassLoader(), new Class<?>[] {Step.Cases.class}, (proxy, method, args) -> {
                    work.accept((Step) args[0]);
                    return new StepResult.Plain();
                });
    }

    private static Step.Cases<StepResult> broken() {
        return doing(s -> {
            throw new NumberFormatException("secret");
        });
    }
}
