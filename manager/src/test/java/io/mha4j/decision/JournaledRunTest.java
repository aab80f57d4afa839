package io.mha4j.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.execution.resume.FailoverJournal.Beginning;
import io.mha4j.report.json.JsonForm;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A resume plans with what the journal gives back, so that must be what was put in, of every kind of step. */
final class JournaledRunTest {
    private final JsonForm json = new JsonForm();

    static IntStream seeds() {
        return IntStream.range(0, 40);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void what_a_failover_journals_is_read_back_unchanged(int seed) {
        FakeCluster cluster = FakeCluster.of(InterruptedFailoverTest.random(new Random(seed)));
        cluster.runFailover();
        FailoverFacts facts = cluster.facts();

        Beginning begin = Beginning.of(facts);
        assertThat(json.read(json.line(begin), Beginning.class)).isEqualTo(begin);
        for (Outcome outcome : facts.progress().outcomes()) {
            assertThat(json.read(json.tree(outcome.step()), Step.class)).isEqualTo(outcome.step());
            if (outcome instanceof Outcome.Finished finished) {
                assertThat(json.read(json.tree(finished.result()), StepResult.class))
                        .isEqualTo(finished.result());
            }
        }
    }
}
