package io.mha4j.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.ServerId;
import io.mha4j.decision.Next;
import io.mha4j.decision.Outcome;
import io.mha4j.decision.Phase;
import io.mha4j.decision.Step;
import io.mha4j.decision.StepResult;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StepRunnerTest {
    private final Step step = new Step.StopReceiver(new ServerId(0, "server1", "db1", "192.0.2.1", 3306));
    private final List<Outcome> recorded = new ArrayList<>();

    @Test
    void a_defect_fails_its_step_and_is_recorded() {
        StepRecord record = new StepRecord() {
            @Override
            public void started(Step begun) {}

            @Override
            public void ended(Outcome outcome) {
                recorded.add(outcome);
            }
        };
        List<Outcome> outcomes =
                new StepRunner(() -> {}, record, broken()).run(new Next.Run(Phase.CUT_OFF, List.of(step), false));
        assertThat(outcomes)
                .isEqualTo(recorded)
                .singleElement()
                .isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
                    assertThat(failed.step()).isEqualTo(step);
                    assertThat(failed.why())
                            .startsWith("a defect of mha4j, please report it: java.lang.NumberFormatException");
                });
    }

    /** Does every step alike. */
    @SuppressWarnings("unchecked")
    private static Step.Cases<StepResult> broken() {
        return (Step.Cases<StepResult>) Proxy.newProxyInstance(
                StepRunnerTest.class.getClassLoader(), new Class<?>[] {Step.Cases.class}, (proxy, method, args) -> {
                    throw new NumberFormatException("secret");
                });
    }
}
